from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, Deletes, ScopedViewSet
from service.models import BusinessKind, CardKey, Counter, QueueNumber, QueueRules
from service.queue import calling
from service.queue.cards import forget_card
from service.queue.filters import QueueNumberFilter
from service.queue.serializers import (
    BusinessKindSerializer,
    CardKeySerializer,
    CounterSerializer,
    QueueChangeSerializer,
    QueueNumberSerializer,
    QueueRulesSerializer,
    QueueTransferSerializer,
)


class QueueViewSet(Creates, ScopedViewSet):
    """Numbers of the queue: POST takes one, `next` calls at the counter where one sits, and the others go on with it."""

    request: Any  # of someone signed in
    resource = "queue"
    queryset = QueueNumber.objects.select_related("queue__branch", "kind", "customer", "tier", "counter")
    serializer_class = QueueNumberSerializer
    filterset_class = QueueNumberFilter
    ordering_fields = {"taken_at": "taken_at"}
    ordering = "-taken_at"

    def _said(self, number: QueueNumber) -> Response:
        return self.answer(self.get_serializer(self.get_queryset().get(pk=number.pk)))

    def _done(
        self, verb: Callable[..., QueueNumber], kind: type[QueueChangeSerializer] = QueueChangeSerializer
    ) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return self._said(
            verb(number=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        )

    @extend_schema(
        request=None, responses={200: QueueNumberSerializer, 204: OpenApiResponse(description="Nobody waits.")}
    )
    @action(detail=False, methods=["post"], filterset_class=None, pagination_class=None)
    def next(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Calls the next number at the counter where the user sits; 204 where nobody waits for it."""
        counter = get_object_or_404(Counter.objects.select_related("queue"), teller=self.request.user)
        number = calling.call_next(counter=counter, by=self.request.user, at=timezone.now())
        return self._said(number) if number else Response(status=204)

    @extend_schema(request=QueueChangeSerializer, responses=QueueNumberSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(calling.recall)

    @extend_schema(request=QueueChangeSerializer, responses=QueueNumberSerializer)
    @action(detail=True, methods=["post"])
    def serve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(calling.serve)

    @extend_schema(request=QueueChangeSerializer, responses=QueueNumberSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(calling.finish)

    @extend_schema(request=QueueChangeSerializer, responses=QueueNumberSerializer)
    @action(detail=True, methods=["post"], url_path="no-show", url_name="no-show")
    def no_show(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(calling.give_up)

    @extend_schema(request=QueueTransferSerializer, responses=QueueNumberSerializer)
    @action(detail=True, methods=["post"])
    def transfer(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """To a counter that serves another kind of business; it waits since it was taken."""
        return self._done(calling.transfer, QueueTransferSerializer)


class CounterViewSet(ScopedViewSet):
    """Counters, what they serve, and who sits there."""

    resource = "counters"
    queryset = Counter.objects.select_related("queue__branch", "teller").prefetch_related("kinds")
    serializer_class = CounterSerializer
    ordering_fields = {"number": "number"}
    ordering = "number"


class CardKeyViewSet(Creates, Deletes, ScopedViewSet):
    """Cards that recognise customers at the door, by their last four digits; DELETE where one is lost or handed back."""

    resource = "card-keys"
    queryset = CardKey.objects.select_related("customer")
    serializer_class = CardKeySerializer
    ordering_fields = {"made_at": "made_at"}
    ordering = "-made_at"

    def perform_delete(self, found: CardKey, by: Any) -> None:
        forget_card(key=found, by=by)


class BusinessKindViewSet(ScopedViewSet):
    """What somebody may come for."""

    resource = "business-kinds"
    unscoped = "a kind of business names no customer"
    queryset = BusinessKind.objects.all()
    serializer_class = BusinessKindSerializer
    ordering_fields = {"letter": "letter"}
    ordering = "letter"


class QueueRulesViewSet(ScopedViewSet):
    """Every version of the rules of the queue; a new one is proposed by POST to `proposals/`, of the kind `queue_rules`."""

    resource = "queue-rules"
    unscoped = "rules of the queue name no customer"
    queryset = QueueRules.objects.select_related("published_by")
    serializer_class = QueueRulesSerializer
    ordering_fields = {"number": "number"}
    ordering = "-number"
