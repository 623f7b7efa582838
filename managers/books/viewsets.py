from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from crm.base.api import Changes, Creates, Deletes, ScopedViewSet
from managers.books.absences import end_absence
from managers.books.ending import end_assignment
from managers.books.filters import AssignmentFilter, ManagerFilter
from managers.books.serializers import AbsenceSerializer, AssignmentSerializer, ManagerSerializer
from managers.models import Absence, Assignment, Manager


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


class ManagerViewSet(Changes, ScopedViewSet):
    """What each manager carries, and could."""

    resource = "managers"
    queryset = Manager.objects.at_work().select_related("branch", "book_profile")
    serializer_class = ManagerSerializer
    filterset_class = ManagerFilter
    ordering_fields = {"username": "username"}
    ordering = "username"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_book(timezone.localdate())


class AbsenceViewSet(Creates, Deletes, ScopedViewSet):
    """When managers are away, and who covers. DELETE ends one today."""

    resource = "absences"
    queryset = Absence.objects.select_related("manager", "cover", "made_by")
    serializer_class = AbsenceSerializer
    ordering_fields = {"id": "id"}
    ordering = "-id"

    def perform_delete(self, found: Absence, by: Any) -> None:
        end_absence(absence=found, by=by, at=timezone.now())
