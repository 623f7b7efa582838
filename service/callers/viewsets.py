from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.companies.serializers import RevealedSerializer
from service.callers import keeping
from service.callers.filters import CallerFilter, MandateFilter
from service.callers.mandates import end_mandate
from service.callers.serializers import CallerRevealSerializer, CallerSerializer, JoinSerializer, MandateSerializer
from service.models import Caller, Mandate


class CallerViewSet(Creates, ScopedViewSet):
    """Who spoke to the bank and is no customer, the newest first. A ticket of theirs names its `caller`."""

    request: Any  # of someone signed in
    resource = "callers"
    announces_reads = True
    queryset = Caller.objects.select_related("customer", "noted_by")
    serializer_class = CallerSerializer
    filterset_class = CallerFilter
    ordering_fields = {"noted_at": "noted_at"}
    ordering = "-noted_at"

    @extend_schema(request=JoinSerializer, responses=CallerSerializer)
    @action(detail=True, methods=["post"])
    def join(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """They were found to be a customer, whose their tickets are from now on."""
        asked = JoinSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        keeping.join(caller=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=CallerRevealSerializer, responses=RevealedSerializer)
    @action(detail=True, methods=["post"], only_reads=True)
    def reveal(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = CallerRevealSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(
            {"value": keeping.reveal(caller=self.get_object(), by=self.request.user, **asked.validated_data)}
        )


class MandateViewSet(Creates, ScopedViewSet):
    """Powers of attorney, the newest first."""

    request: Any  # of someone signed in
    resource = "mandates"
    queryset = Mandate.objects.select_related("customer")
    serializer_class = MandateSerializer
    filterset_class = MandateFilter
    ordering_fields = {"noted_at": "noted_at"}
    ordering = "-noted_at"

    @extend_schema(request=None, responses=MandateSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Revoked from now on."""
        end_mandate(mandate=self.get_object(), by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(self.get_object()))
