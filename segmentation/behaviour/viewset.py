"""How a customer behaves, over REST."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Private
from crm.base.serializers import Money
from crm.base.signals import read
from customers.models import Customer
from segmentation.behaviour.reading import behaviour_of
from segmentation.models import Behaviour

CUSTOMER = OpenApiParameter("customer_id", OpenApiTypes.INT, OpenApiParameter.PATH)
SUMS = ("turnover_year", "slope_3_months", "slope_6_months", "salary", "standing_amount")


class BehaviourSerializer(serializers.ModelSerializer):
    """Through the end of `month`, its first day. Quintiles run from 1 to 5, the best; null is unknown."""

    turnover_year, slope_3_months, slope_6_months, salary, standing_amount = (Money(allow_null=True) for _name in SUMS)

    class Meta:
        model = Behaviour
        exclude = ["pk", "customer", "kind"]


class CustomerBehaviour(Private):
    """What the newest closed month tells: recency, frequency, turnover, slopes, habits; 404 where none does."""

    resource = "customers"

    @extend_schema(parameters=[CUSTOMER], responses=BehaviourSerializer)
    def get(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        customer = get_object_or_404(Customer.objects.open_to(request.user), pk=customer_id)
        found = behaviour_of(customer)
        if found is None:
            raise Http404
        read.send(Customer, user=request.user, obj=customer, what="customers.behaviour")
        return Response(BehaviourSerializer(found).data)
