from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Private, ScopedViewSet
from crm.base.signals import read
from customers.models import Customer
from segmentation.models import ValueVersion
from segmentation.value.filters import ValueVersionFilter
from segmentation.value.parts import parts_of
from segmentation.value.serializers import MonthQuery, ValuePartsSerializer, ValueVersionSerializer, WorthSerializer
from segmentation.value.worth import LABELS, Told, Worth, worth_of

NO_SECRET = "the rates of the bank belong to no customer"


class ValueVersionViewSet(ScopedViewSet):
    """What value is reckoned with: every version. A change is proposed as kind `value`."""

    resource = "value-assumptions"
    unscoped = NO_SECRET
    queryset = ValueVersion.objects.all()
    serializer_class = ValueVersionSerializer
    filterset_class = ValueVersionFilter
    ordering_fields = {"effective_from": "effective_from"}
    ordering = "-effective_from"


CUSTOMER = OpenApiParameter("customer_id", OpenApiTypes.INT, OpenApiParameter.PATH)
LINE = OpenApiParameter("line", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(LABELS))


class OfValue(Private):
    resource = "customers"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not request.user.may("customer-value:read"):
            raise PermissionDenied

    def worth(self, request: Request, customer_id: int) -> tuple[Customer, Worth]:
        customer = get_object_or_404(Customer.objects.open_to(request.user), pk=customer_id)
        found = worth_of(customer)
        if found is None:
            raise Http404
        read.send(Customer, user=request.user, obj=customer, what="customers.value")
        return customer, found


class CustomerValue(OfValue):
    """What a customer is worth: the year through the newest closed month, and its months. 404 before one was reckoned."""

    @extend_schema(parameters=[CUSTOMER], responses=WorthSerializer)
    def get(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        return Response(WorthSerializer(self.worth(request, customer_id)[1]).data)


class CustomerValueLine(OfValue):
    """The accounts, charges, movements or contacts that a line is made of, for the year or for one month."""

    @extend_schema(
        operation_id="customers_value_line_retrieve",
        parameters=[CUSTOMER, LINE, MonthQuery],
        responses=ValuePartsSerializer,
    )
    def get(self, request: Request, customer_id: int, line: str, **kwargs: Any) -> Response:
        asked = MonthQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        customer, worth = self.worth(request, customer_id)
        month = asked.validated_data.get("month")
        told = _told(worth, month)
        if told is None or line not in LABELS:
            raise Http404
        amount = next(each.amount for each in told.lines if each.name == line)
        parts = parts_of(customer, line, [month] if month else worth.months)
        answer = {"line": line, "month": month, "currency": told.currency, "amount": amount, "parts": parts}
        return Response(ValuePartsSerializer(answer).data)


def _told(worth: Worth, month: date | None) -> Told | None:
    return next((each for each in worth.by_month if each.month == month), None) if month else worth.year
