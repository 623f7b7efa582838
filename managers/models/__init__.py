from managers.models.books import Assignment
from managers.models.tasks import Task

__all__ = ["Assignment", "Task"]
