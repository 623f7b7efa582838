from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Changes, Creates, ScopedViewSet
from service.models import Ticket, TicketMessage, TicketQueue
from service.tickets import services
from service.tickets.assigning import take_next
from service.tickets.filters import TicketFilter
from service.tickets.serializers import (
    QueueSerializer,
    TicketChangeSerializer,
    TicketMessageSerializer,
    TicketSaySerializer,
    TicketSerializer,
)

VERBS = {
    TicketMessage.Kind.REPLY: services.reply,
    TicketMessage.Kind.WORD: services.hear,
    TicketMessage.Kind.NOTE: services.note,
}


class TicketViewSet(Creates, Changes, ScopedViewSet):
    """What customers ask, want or complain about; `messages` is what was said, `next` takes the one that is due first."""

    request: Any  # of someone signed in
    resource = "tickets"
    announces_reads = True
    queryset = Ticket.objects.select_related(
        "customer", "caller", "queue", "assignee", "about", "parent", "opened_by"
    ).prefetch_related("clocks")
    filterset_class = TicketFilter
    ordering_fields = {"due_at": "due_at", "opened_at": "opened_at"}
    ordering = "due_at"

    def get_serializer_class(self) -> type[TicketSerializer]:
        return TicketChangeSerializer if self.action == "partial_update" else TicketSerializer

    @extend_schema(request=None, responses={200: TicketSerializer, 204: OpenApiResponse(description="Nothing waits.")})
    @action(detail=False, methods=["post"], filterset_class=None, pagination_class=None)
    def next(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Takes the ticket that is due first in the queues of one's teams; 204 where none waits."""
        ticket = take_next(by=self.request.user, at=timezone.now())
        if ticket is None:
            return Response(status=204)
        return self.answer(self.get_serializer(self.get_queryset().get(pk=ticket.pk)))

    @extend_schema(responses=TicketMessageSerializer(many=True))
    @action(detail=True, filterset_class=None, pagination_class=None)
    def messages(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What was said, in its order; notes too."""
        rows = self.get_object().messages.select_related("step__by").prefetch_related("attachments").order_by("pk")
        return Response(TicketMessageSerializer(rows, many=True).data)

    @extend_schema(request=TicketSaySerializer, responses={201: TicketMessageSerializer})
    @action(detail=True, methods=["post"], url_path="say", parser_classes=[JSONParser, MultiPartParser])
    def say(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A reply, a word of the customer or a note, with files as multipart."""
        ticket = self.get_object()
        asked = TicketSaySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        kind = said.pop("kind")
        if kind != TicketMessage.Kind.REPLY:
            said.pop("status", None)
        message = VERBS[kind](ticket=ticket, by=self.request.user, at=timezone.now(), **said)
        return Response(TicketMessageSerializer(message).data, status=201)


class QueueViewSet(ScopedViewSet):
    """Where tickets wait, and which team works them off."""

    resource = "ticket-queues"
    unscoped = "a queue names no customer"
    queryset = TicketQueue.objects.select_related("team")
    serializer_class = QueueSerializer
    ordering_fields = {"code": "code"}
    ordering = "code"
