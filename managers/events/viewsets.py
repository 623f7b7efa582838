from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Changes, Creates, ScopedViewSet
from managers.events import planning
from managers.events.answering import check_in
from managers.events.filters import EventFilter, InvitationFilter
from managers.events.inviting import invite
from managers.events.serializers import (
    AnswerSerializer,
    ClientEventSerializer,
    FiguresSerializer,
    HeldSerializer,
    InvitationSerializer,
    InvitedSerializer,
    InvitingSerializer,
    ReasonSerializer,
)
from managers.models import Event, Invitation

READS = ("list", "retrieve", "figures")


class OfEvents(ScopedViewSet):
    """`needed` is what a role holds that may do more here than check in."""

    request: Any  # of someone signed in
    resource = "events"
    needed = ""

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if self.action not in (*READS, "check_in") and not request.user.may(self.needed):  # type: ignore[union-attr]
            self.permission_denied(request)


class EventViewSet(Creates, Changes, OfEvents):
    """Events of the own branch and those above it, for a head below it too, who plans and changes these."""

    needed = "event-plans:write"
    queryset = Event.objects.select_related("branch", "host").prefetch_related("quotas__tier__scheme")
    serializer_class = ClientEventSerializer
    filterset_class = EventFilter
    ordering_fields = {"starts_at": "starts_at"}
    ordering = "-starts_at"

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        return rows if self.action in READS else rows.writable_by(self.request.user)

    @extend_schema(responses=FiguresSerializer)
    @action(detail=True)
    def figures(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        event = self.get_object()
        found = event.invitations.figures() | {"places": event.places, "taken": event.taken}
        return Response(FiguresSerializer(found).data)

    @extend_schema(request=None, responses=ClientEventSerializer)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(planning.open_event(event=self.get_object(), by=self.request.user))

    @extend_schema(request=None, responses=ClientEventSerializer)
    @action(detail=True, methods=["post"], url_path="close-answers", url_name="close-answers")
    def close_answers(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(planning.close_answers(event=self.get_object(), by=self.request.user))

    @extend_schema(request=HeldSerializer, responses=ClientEventSerializer)
    @action(detail=True, methods=["post"])
    def held(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(planning.close_event(event=self.get_object(), **self.said(HeldSerializer)))

    @extend_schema(request=ReasonSerializer, responses=ClientEventSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(planning.cancel_event(event=self.get_object(), **self.said(ReasonSerializer)))

    def said(self, serializer_class: Any) -> dict[str, Any]:
        asked = serializer_class(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return {**asked.validated_data, "by": self.request.user, "at": timezone.now()}

    def told(self, event: Event) -> Response:
        return self.answer(self.get_serializer(event))


class InvitationViewSet(Changes, OfEvents):
    """Guests in reach; POST invites many and says who was not and why, PATCH records an answer."""

    needed = "guests:write"
    announces_reads = True
    queryset = Invitation.objects.select_related("customer", "tier", "invited_by", "changed_by", "event")
    filterset_class = InvitationFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(event=self.kwargs.get("event"))

    def get_serializer_class(self) -> Any:
        return AnswerSerializer if self.action == "partial_update" else InvitationSerializer

    def event(self) -> Event:
        return get_object_or_404(Event.objects.visible_to(self.request.user), pk=self.kwargs["event"])

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.event()
        return super().list(request, *args, **kwargs)

    @extend_schema(request=InvitingSerializer, responses={201: InvitedSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        event = self.event()
        asked = InvitingSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        found = invite(event=event, by=self.request.user, at=timezone.now(), **asked.validated_data)
        return Response(InvitedSerializer(found).data, status=201)

    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The event is locked before its guest."""
        Event.objects.for_change(self.event().pk)
        return super().partial_update(request, *args, **kwargs)

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"], url_path="check-in", url_name="check-in")
    def check_in(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = check_in(invitation=self.get_object(), by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(found))


ROUTES = (
    ("events", EventViewSet, "events"),
    ("events/<int:event>/invitations", InvitationViewSet, "event-invitations"),
)
