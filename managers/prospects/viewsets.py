from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Changes, Creates, ScopedViewSet
from managers.models import Prospect
from managers.prospects import services
from managers.prospects.filters import ProspectFilter
from managers.prospects.serializers import (
    ConvertSerializer,
    LoseProspectSerializer,
    ProspectChangeSerializer,
    ProspectSerializer,
)


class ProspectViewSet(Creates, Changes, ScopedViewSet):
    """Who may become a customer, from the first contact to the first balance."""

    request: Any  # of someone signed in
    resource = "prospects"
    announces_reads = True
    queryset = Prospect.objects.select_related("customer__manager", "referrer", "noted_by").with_outcome().with_course()
    filterset_class = ProspectFilter
    ordering_fields = {"noted_at": "noted_at"}
    ordering = "-noted_at"

    def get_serializer_class(self) -> type[ProspectSerializer]:
        return ProspectChangeSerializer if self.action == "partial_update" else ProspectSerializer

    def _done(self, verb: Callable[..., Prospect], kind: type[Serializer]) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(prospect=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=ConvertSerializer, responses=ProspectSerializer)
    @action(detail=True, methods=["post"])
    def convert(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.convert_prospect, ConvertSerializer)

    @extend_schema(request=LoseProspectSerializer, responses=ProspectSerializer)
    @action(detail=True, methods=["post"])
    def lose(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.lose_prospect, LoseProspectSerializer)
