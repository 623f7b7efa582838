from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.contacting import services
from customers.contacting.filters import ConsentFilter, FlagFilter, RiskAssessmentFilter
from customers.contacting.serializers import ConsentSerializer, EndSerializer, FlagSerializer, RiskAssessmentSerializer
from customers.models import Consent, Flag, RiskAssessment


class RiskAssessmentViewSet(Creates, ScopedViewSet):
    resource = "risk-assessments"
    queryset = RiskAssessment.objects.select_related("customer", "by")
    serializer_class = RiskAssessmentSerializer
    filterset_class = RiskAssessmentFilter
    ordering_fields = {"assessed_on": "assessed_on"}
    ordering = "-assessed_on"


class ConsentViewSet(Creates, ScopedViewSet):
    resource = "consents"
    request: Any  # of someone signed in
    queryset = Consent.objects.select_related("customer", "by")
    serializer_class = ConsentSerializer
    filterset_class = ConsentFilter
    ordering_fields = {"given_at": "given_at"}
    ordering = "-given_at"

    @extend_schema(request=None, responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = services.withdraw_consent(consent=self.get_object(), at=timezone.now(), by=self.request.user)
        return self.answer(self.get_serializer(found))


class FlagViewSet(Creates, ScopedViewSet):
    resource = "flags"
    request: Any  # of someone signed in
    queryset = Flag.objects.select_related("customer", "by")
    serializer_class = FlagSerializer
    filterset_class = FlagFilter
    ordering_fields = {"since": "since"}
    ordering = "-since"

    @extend_schema(request=EndSerializer, responses=FlagSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = EndSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = services.end_flag(flag=self.get_object(), by=self.request.user, **asked.validated_data)
        return self.answer(self.get_serializer(found))


ROUTES = (
    ("risk-assessments", RiskAssessmentViewSet, "risk-assessments"),
    ("consents", ConsentViewSet, "consents"),
    ("flags", FlagViewSet, "flags"),
)
