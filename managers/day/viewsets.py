from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Private
from crm.base.signals import read
from customers.models import Customer
from managers.day.brief import brief_of
from managers.day.reading import Row, day_of, row_of
from managers.day.serializers import BriefSerializer, DaySerializer, DismissSerializer, SnoozeSerializer, no_row
from managers.day.services import dismiss, snooze
from segmentation.decisions.viewset import CUSTOMER

KIND = OpenApiParameter("kind", description="rows of one kind alone")


class DayApi(Private):
    """What the manager has to do now and why, the most pressing first."""

    resource = "day"
    request: Any  # of someone signed in

    def row(self, kind: type[Serializer]) -> tuple[Row, dict[str, Any]]:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        row = row_of(self.request.user, said.pop("key"), on=timezone.localdate())
        if row is None:
            raise no_row()
        return row, said


class DayView(DayApi):
    @extend_schema(parameters=[KIND], responses=DaySerializer)
    def get(self, request: Request, **kwargs: Any) -> Response:
        kind = request.query_params.get("kind", "")
        return Response(DaySerializer(day_of(self.request.user, on=timezone.localdate(), kind=kind)).data)


class SnoozeView(DayApi):
    """Off the day until a day."""

    @extend_schema(request=SnoozeSerializer, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        row, said = self.row(SnoozeSerializer)
        snooze(row=row, by=self.request.user, at=timezone.now(), **said)
        return Response(status=204)


class DismissView(DayApi):
    """Off the day for good, for a reason; of a task this closes it."""

    @extend_schema(request=DismissSerializer, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        row, said = self.row(DismissSerializer)
        dismiss(row=row, by=self.request.user, at=timezone.now(), **said)
        return Response(status=204)


class CustomerBrief(Private):
    """What to know before meeting the customer."""

    resource = "customers"
    request: Any  # of someone signed in

    @extend_schema(parameters=[CUSTOMER], responses=BriefSerializer)
    def get(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        rows = Customer.objects.open_to(request.user).select_related("branch", "manager")
        customer = get_object_or_404(rows, pk=customer_id)
        brief = brief_of(customer, self.request.user, at=timezone.now())
        read.send(Customer, user=request.user, obj=customer, what="customers.brief")
        return Response(BriefSerializer(brief).data)


PATHS = (
    path("day/", DayView.as_view(), name="day"),
    path("day/snooze/", SnoozeView.as_view(), name="day-snooze"),
    path("day/dismiss/", DismissView.as_view(), name="day-dismiss"),
    path("customers/<int:customer_id>/brief/", CustomerBrief.as_view(), name="customer-brief"),
)
