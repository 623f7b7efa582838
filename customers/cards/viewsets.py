from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.cards import orders, spoilt
from customers.cards import stock as stocks
from customers.cards.serializers import (
    BlankMovementSerializer,
    BlankStockSerializer,
    CardDesignSerializer,
    CardOrderSerializer,
    CountedSerializer,
    PrintedSerializer,
    ReceivedSerializer,
    SentSerializer,
    SlipSerializer,
    SpoilageSerializer,
    SpoiltSerializer,
    WhySerializer,
)
from customers.cards.tables import BlankStockFilter, CardOrderFilter
from customers.models import BlankMovement, BlankStock, CardDesign, CardOrder, Spoilage


def said(serializer: Any, request: Any) -> dict[str, Any]:
    """What the body says, with who says it and when."""
    asked = serializer(data=request.data, context={"request": request})
    asked.is_valid(raise_exception=True)
    return {**asked.validated_data, "by": request.user, "at": timezone.now()}


class CardOrderViewSet(Creates, ScopedViewSet):
    """Cards at the counter; `print`, `hand-over`, `cancel` and `spoilt` are done at the branch that makes them."""

    request: Any  # of someone signed in
    resource = "card-orders"
    announces_reads = True
    queryset = CardOrder.objects.select_related(
        "customer", "account", "design", "branch", "ordered_by", "printed_by", "closed_by"
    )
    serializer_class = CardOrderSerializer
    filterset_class = CardOrderFilter
    ordering_fields = {"ordered_at": "ordered_at"}
    ordering = "-ordered_at"

    def told(self, order: CardOrder) -> Response:
        return self.answer(self.get_serializer(order))

    @extend_schema(request=PrintedSerializer, responses=CardOrderSerializer)
    @action(detail=True, methods=["post"], url_path="print", url_name="print")
    def print_(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(orders.print_card(order=self.get_object(), **said(PrintedSerializer, request)))

    @extend_schema(request=SlipSerializer, responses=CardOrderSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over", url_name="hand-over")
    def hand_over(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(orders.hand_over(order=self.get_object(), **said(SlipSerializer, request)))

    @extend_schema(request=WhySerializer, responses=CardOrderSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(orders.cancel_order(order=self.get_object(), **said(WhySerializer, request)))

    @extend_schema(request=WhySerializer, responses=SpoilageSerializer)
    @action(detail=True, methods=["post"])
    def spoilt(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        order = self.get_object()
        stock = get_object_or_404(BlankStock, branch=order.branch, design=order.design)
        found = spoilt.report_spoilt(stock=stock, order=order, quantity=1, **said(WhySerializer, request))
        return Response(SpoilageSerializer(found).data, status=201)


class CardStockViewSet(ScopedViewSet):
    """Blank cards per branch and design; every change is a movement."""

    request: Any  # of someone signed in
    resource = "card-stock"
    queryset = BlankStock.objects.select_related("branch", "design")
    serializer_class = BlankStockSerializer
    filterset_class = BlankStockFilter
    ordering_fields = {"id": "id"}
    ordering = "id"

    @extend_schema(responses=BlankMovementSerializer(many=True), filters=False)
    @action(detail=True)
    def movements(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = BlankMovement.objects.filter(stock=self.get_object()).select_related("by", "to", "order")[:1000]
        return Response({"results": BlankMovementSerializer(rows, many=True).data})

    @extend_schema(request=ReceivedSerializer, responses=BlankMovementSerializer)
    @action(detail=False, methods=["post"])
    def receive(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.moved(stocks.receive_blanks(**said(ReceivedSerializer, request)))

    @extend_schema(request=SentSerializer, responses=BlankMovementSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.moved(stocks.send_blanks(stock=self.get_object(), **said(SentSerializer, request)))

    @extend_schema(request=CountedSerializer, responses=BlankMovementSerializer)
    @action(detail=True, methods=["post"])
    def count(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.moved(stocks.count_blanks(stock=self.get_object(), **said(CountedSerializer, request)))

    @extend_schema(request=SpoiltSerializer, responses=SpoilageSerializer)
    @action(detail=True, methods=["post"])
    def spoilt(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = spoilt.report_spoilt(stock=self.get_object(), **said(SpoiltSerializer, request))
        return Response(SpoilageSerializer(found).data, status=201)

    def moved(self, movement: BlankMovement) -> Response:
        return Response(BlankMovementSerializer(movement).data, status=201)


class SpoilageViewSet(ScopedViewSet):
    """What was reported spoilt; `confirm` is a second person's. `take-back` says that the report was wrong, and `put-back`, a
    second person's too, that blanks which had been confirmed are in the stock again."""

    request: Any  # of someone signed in
    resource = "card-spoilages"
    queryset = Spoilage.objects.select_related(
        *("stock__branch", "stock__design", "order", "reported_by", "confirmed_by", "taken_back_by", "put_back_by")
    )
    serializer_class = SpoilageSerializer
    ordering_fields = {"id": "id"}
    ordering = "-id"

    @extend_schema(request=None, responses=SpoilageSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = spoilt.confirm_spoilt(spoilage=self.get_object(), by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(found))

    @extend_schema(request=WhySerializer, responses=SpoilageSerializer)
    @action(detail=True, methods=["post"], url_path="take-back", url_name="take-back")
    def take_back(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = spoilt.take_back(spoilage=self.get_object(), **said(WhySerializer, request))
        return self.answer(self.get_serializer(found))

    @extend_schema(request=None, responses=SpoilageSerializer)
    @action(detail=True, methods=["post"], url_path="put-back", url_name="put-back")
    def put_back(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = spoilt.put_back(spoilage=self.get_object(), by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(found))


class CardDesignViewSet(ScopedViewSet):
    resource = "card-designs"
    queryset = CardDesign.objects.all()
    unscoped = "a design belongs to no customer"
    serializer_class = CardDesignSerializer
    ordering_fields = {"code": "code"}
    ordering = "code"


ROUTES = (
    ("card-orders", CardOrderViewSet, "card-orders"),
    ("card-stock", CardStockViewSet, "card-stock"),
    ("card-spoilages", SpoilageViewSet, "card-spoilages"),
    ("card-designs", CardDesignViewSet, "card-designs"),
)
