from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Creates, ScopedViewSet
from crm.jobs.models import Run
from managers.assigning.filters import AssignmentRunFilter, SuggestionFilter
from managers.assigning.moves import approve_move, refuse_move
from managers.assigning.serializers import (
    ApproveSerializer,
    AssignmentRunSerializer,
    RefuseSerializer,
    SuggestionSerializer,
)
from managers.models import MoveSuggestion


class MoveSuggestionViewSet(ScopedViewSet):
    """Moves that the night suggested, the newest first."""

    request: Any  # of someone signed in
    resource = "move-suggestions"
    queryset = MoveSuggestion.objects.select_related("customer", "giver", "taker", "decided_by")
    serializer_class = SuggestionSerializer
    filterset_class = SuggestionFilter
    ordering_fields = {"made_at": "made_at"}
    ordering = "-made_at"

    def _decided(self, verb: Callable[..., None], kind: type[Serializer]) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(suggestion=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=ApproveSerializer, responses=SuggestionSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._decided(approve_move, ApproveSerializer)

    @extend_schema(request=RefuseSerializer, responses=SuggestionSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._decided(refuse_move, RefuseSerializer)


class AssignmentRunViewSet(Creates, ScopedViewSet):
    """Nights of assigning, and previews of one, the newest first. POST begins a preview."""

    resource = "assignment-runs"
    unscoped = "numbers of the whole bank; managers are told within reach"
    queryset = Run.objects.filter(kind=Run.Kind.ASSIGNMENT)
    serializer_class = AssignmentRunSerializer
    filterset_class = AssignmentRunFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"
