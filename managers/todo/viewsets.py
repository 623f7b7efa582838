from crm.base.api import Changes, ScopedViewSet
from managers.models import Task
from managers.todo.filters import TaskFilter
from managers.todo.serializers import TaskClosingSerializer, TaskSerializer


class TaskViewSet(Changes, ScopedViewSet):
    """What is to be done for customers, the newest first; PATCH of `state` and `remark` closes a task, once."""

    resource = "tasks"
    queryset = Task.objects.select_related("customer", "manager", "closed_by")
    filterset_class = TaskFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"

    def get_serializer_class(self) -> type[TaskSerializer]:
        return TaskClosingSerializer if self.action == "partial_update" else TaskSerializer
