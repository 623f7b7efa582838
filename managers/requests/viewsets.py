from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Creates, ScopedViewSet
from managers.models import ResourceRequest, ResourceTerms
from managers.requests import services
from managers.requests.filters import RequestFilter
from managers.requests.serializers import (
    ResourceDeclineSerializer,
    ResourceReadSerializer,
    ResourceRequestSerializer,
    ResourceTermsSerializer,
)


class RequestViewSet(Creates, ScopedViewSet):
    """What managers ask of the bank for customers; `grant` and `decline` decide on one that waits for a head. Where
    no head may grant it any more, who asked takes it to an approver by `lay-before`."""

    request: Any  # of someone signed in
    resource = "resource-requests"
    announces_reads = True
    queryset = (
        ResourceRequest.objects.select_related("customer", "product", "fee", "asked_by", "decided_by")
        .prefetch_related("conditions__checks")
        .with_outcome()
    )
    serializer_class = ResourceRequestSerializer
    filterset_class = RequestFilter
    ordering_fields = {"asked_at": "asked_at"}
    ordering = "-asked_at"

    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset()
        return rows.with_used(timezone.localdate())

    def _decided(self, verb: Callable[..., ResourceRequest], kind: type[Serializer]) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(request=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=ResourceReadSerializer, responses=ResourceRequestSerializer)
    @action(detail=True, methods=["post"])
    def grant(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._decided(services.grant, ResourceReadSerializer)

    @extend_schema(request=ResourceReadSerializer, responses=ResourceRequestSerializer)
    @action(detail=True, methods=["post"], url_path="lay-before", url_name="lay-before")
    def lay_before(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._decided(services.lay_before, ResourceReadSerializer)

    @extend_schema(request=ResourceDeclineSerializer, responses=ResourceRequestSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._decided(services.decline, ResourceDeclineSerializer)


class TermsViewSet(ScopedViewSet):
    """Floors and limits, the newest version first."""

    resource = "resource-terms"
    unscoped = "a rule of the bank"
    queryset = ResourceTerms.objects.select_related("published_by")
    serializer_class = ResourceTermsSerializer
    ordering_fields = {"number": "number"}
    ordering = "-number"
