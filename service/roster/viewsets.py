from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, Deletes, ScopedViewSet
from service.models import Roster, Shift, Swap
from service.roster import planning, swapping
from service.roster.filters import RosterFilter, ShiftFilter
from service.roster.serializers import (
    RosterDetailSerializer,
    RosterSerializer,
    RosterVersionSerializer,
    ShiftSerializer,
    SwapSerializer,
)


class RosterViewSet(Creates, ScopedViewSet):
    """Rosters of teams by the week, the newest first."""

    request: Any  # of someone signed in
    resource = "rosters"
    queryset = Roster.objects.select_related("team", "published_by")
    filterset_class = RosterFilter
    ordering_fields = {"week_on": "week_on"}
    ordering = "-week_on"

    def get_serializer_class(self) -> type[RosterSerializer]:
        return RosterSerializer if self.action in ("list", "create") else RosterDetailSerializer

    @extend_schema(request=RosterVersionSerializer, responses=RosterDetailSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = RosterVersionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        planning.publish(roster=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))


class ShiftViewSet(Creates, Deletes, ScopedViewSet):
    """Who works when."""

    request: Any  # of someone signed in
    resource = "shifts"
    queryset = Shift.objects.select_related("roster__team", "user")
    serializer_class = ShiftSerializer
    filterset_class = ShiftFilter
    ordering_fields = {"starts_at": "starts_at"}
    ordering = "starts_at"

    def perform_delete(self, found: Shift, by: Any) -> None:
        planning.remove_shift(shift=found, by=by, at=timezone.now())


class SwapViewSet(Creates, ScopedViewSet):
    """Shifts that go to a colleague: asked, consented to, approved."""

    request: Any  # of someone signed in
    resource = "swaps"
    queryset = Swap.objects.select_related("shift", "back", "to", "asked_by")
    serializer_class = SwapSerializer
    ordering_fields = {"asked_at": "asked_at"}
    ordering = "-asked_at"

    def _done(self, verb: Callable[..., Swap]) -> Response:
        verb(swap=self.get_object(), by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=None, responses=SwapSerializer)
    @action(detail=True, methods=["post"])
    def consent(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(swapping.consent)

    @extend_schema(request=None, responses=SwapSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(swapping.approve_swap)

    @extend_schema(request=None, responses=SwapSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(swapping.refuse_swap)
