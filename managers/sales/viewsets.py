from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Changes, Creates, ScopedViewSet
from managers.models import Opportunity
from managers.sales import services
from managers.sales.filters import OpportunityFilter
from managers.sales.forecast import forecast
from managers.sales.serializers import (
    ForecastSerializer,
    LoseSerializer,
    MoveSerializer,
    OpportunityChangeSerializer,
    OpportunitySerializer,
    ReopenSerializer,
    StageMoveSerializer,
)


class OpportunityViewSet(Creates, Changes, ScopedViewSet):
    """What customers may buy; `move`, `lose` and `reopen` change the stage, and `moves` tells how it came to stand."""

    request: Any  # of someone signed in
    resource = "opportunities"
    announces_reads = True
    queryset = Opportunity.objects.select_related("customer", "product", "owner").with_weighted()
    filterset_class = OpportunityFilter
    ordering_fields = {"close_on": "close_on", "opened_at": "opened_at"}
    ordering = "close_on"

    def get_serializer_class(self) -> type[OpportunitySerializer]:
        return OpportunityChangeSerializer if self.action == "partial_update" else OpportunitySerializer

    def _done(self, verb: Callable[..., Opportunity], kind: type[Serializer]) -> Response:
        opportunity = self.get_object()
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(opportunity=opportunity, by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=MoveSerializer, responses=OpportunitySerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.move_opportunity, MoveSerializer)

    @extend_schema(request=LoseSerializer, responses=OpportunitySerializer)
    @action(detail=True, methods=["post"])
    def lose(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.lose, LoseSerializer)

    @extend_schema(request=ReopenSerializer, responses=OpportunitySerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.reopen, ReopenSerializer)

    @extend_schema(responses=StageMoveSerializer(many=True), filters=False)
    @action(detail=True)
    def moves(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The newest first."""
        rows = self.get_object().moves.select_related("by").order_by("-number")[:1000]
        return Response({"results": StageMoveSerializer(rows, many=True).data})

    @extend_schema(responses=ForecastSerializer(many=True))
    @action(detail=False)
    def forecast(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Per month of the expected close and currency: open, weighted, won so far; with the filters of the list."""
        lines = forecast(self.filter_queryset(self.get_queryset()), timezone.localdate())
        return Response({"results": ForecastSerializer(lines, many=True).data})
