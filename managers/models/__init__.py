from managers.models.books import Assignment
from managers.models.people import Absence, Manager, ManagerProfile
from managers.models.tasks import Task

__all__ = ["Absence", "Assignment", "Manager", "ManagerProfile", "Task"]
