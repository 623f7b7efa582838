from typing import Any

from django.utils import timezone

from crm.base.api import Creates, Deletes, ScopedViewSet
from managers.books.ending import end_assignment
from managers.books.filters import AssignmentFilter
from managers.books.serializers import AssignmentSerializer
from managers.models import Assignment


class AssignmentViewSet(Creates, Deletes, ScopedViewSet):
    """Who looks after customers, as what and when. DELETE ends a backup or a sponsor from today on; what has held stays."""

    resource = "assignments"
    queryset = Assignment.objects.select_related("customer", "manager", "made_by")
    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"

    def perform_delete(self, found: Assignment, by: Any) -> None:
        end_assignment(assignment=found, by=by, at=timezone.now())
