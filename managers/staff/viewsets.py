from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from managers.models import Certificate, ManagerGrade, ManagerStandard, Scorecard, Training
from managers.staff.filters import CertificateFilter, GradeFilter, ScorecardFilter, TrainingFilter
from managers.staff.serializers import (
    CertificateSerializer,
    GradeSerializer,
    ManagerStandardSerializer,
    ScorecardSerializer,
    TrainingSerializer,
    WithdrawnSerializer,
)
from managers.staff.services import withdraw_certificate


class GradeViewSet(Creates, ScopedViewSet):
    """The grades of managers, each from its day until the next one's."""

    resource = "manager-grades"
    queryset = ManagerGrade.objects.select_related("manager", "made_by")
    serializer_class = GradeSerializer
    filterset_class = GradeFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"


class CertificateViewSet(Creates, ScopedViewSet):
    """The certificates of managers, withdrawn ones too."""

    request: Any  # of someone signed in
    resource = "certificates"
    queryset = Certificate.objects.select_related("manager", "made_by", "withdrawn_by")
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    ordering_fields = {"valid_until": "valid_until", "id": "id"}
    ordering = "-id"

    @extend_schema(request=WithdrawnSerializer, responses=CertificateSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = WithdrawnSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = {"by": self.request.user, "at": timezone.now()} | asked.validated_data
        return self.answer(self.get_serializer(withdraw_certificate(certificate=self.get_object(), **said)))


class TrainingViewSet(Creates, ScopedViewSet):
    """What managers were trained in."""

    resource = "trainings"
    queryset = Training.objects.select_related("manager", "made_by")
    serializer_class = TrainingSerializer
    filterset_class = TrainingFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"


class ManagerStandardViewSet(ScopedViewSet):
    """What the bank asks of managers by tier, the newest version first."""

    resource = "manager-standards"
    unscoped = "a rule of the bank"
    queryset = ManagerStandard.objects.select_related("published_by")
    serializer_class = ManagerStandardSerializer
    ordering_fields = {"number": "number"}
    ordering = "-number"


class ScorecardViewSet(Creates, ScopedViewSet):
    """Years of managers as they were closed."""

    resource = "scorecards"
    queryset = Scorecard.objects.select_related("manager", "closed_by")
    serializer_class = ScorecardSerializer
    filterset_class = ScorecardFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"


ROUTES = {
    "manager-grades": GradeViewSet,
    "certificates": CertificateViewSet,
    "trainings": TrainingViewSet,
    "manager-standards": ManagerStandardViewSet,
    "scorecards": ScorecardViewSet,
}
