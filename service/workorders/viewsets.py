from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import ScopedViewSet
from service.models import WorkOrder
from service.workorders import services
from service.workorders.filters import WorkOrderFilter
from service.workorders.serializers import (
    OrderVersionSerializer,
    OrderWordsSerializer,
    PassOnSerializer,
    WorkOrdersAsked,
    WorkOrderSerializer,
)


class WorkOrderViewSet(ScopedViewSet):
    """What departments do for a ticket or a request; POST opens one for each department that is named."""

    request: Any  # of someone signed in
    resource = "work-orders"
    announces_reads = True
    queryset = WorkOrder.objects.select_related(
        "customer", "ticket", "request", "team", "branch", "taken_by", "opened_by"
    ).prefetch_related("steps__by")
    serializer_class = WorkOrderSerializer
    filterset_class = WorkOrderFilter
    ordering_fields = {"due_at": "due_at"}
    ordering = "due_at"

    @extend_schema(request=WorkOrdersAsked, responses={201: WorkOrderSerializer(many=True)})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = WorkOrdersAsked(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        made = services.open_orders(by=self.request.user, at=timezone.now(), **asked.validated_data)
        rows = self.queryset.filter(pk__in=[each.pk for each in made]).order_by("pk")
        return Response(self.get_serializer(rows, many=True).data, status=201)

    def done(self, verb: Callable[..., WorkOrder], kind: type[Serializer]) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        done = verb(order=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.queryset.get(pk=done.pk)))

    @extend_schema(request=OrderVersionSerializer, responses=WorkOrderSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.done(services.take, OrderVersionSerializer)

    @extend_schema(request=OrderWordsSerializer, responses=WorkOrderSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.done(services.finish, OrderWordsSerializer)

    @extend_schema(request=OrderWordsSerializer, responses=WorkOrderSerializer)
    @action(detail=True, methods=["post"], url_path="give-back", url_name="give-back")
    def give_back(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.done(services.give_back, OrderWordsSerializer)

    @extend_schema(request=PassOnSerializer, responses=WorkOrderSerializer)
    @action(detail=True, methods=["post"], url_path="pass-on", url_name="pass-on")
    def pass_on(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.done(services.pass_on, PassOnSerializer)

    @extend_schema(request=OrderWordsSerializer, responses=WorkOrderSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.done(services.cancel_order, OrderWordsSerializer)
