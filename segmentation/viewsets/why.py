from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Private
from crm.base.signals import read
from customers.models import Customer
from segmentation.explain import explain
from segmentation.serializers import ExplanationSerializer

ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day that is asked about; else the latest.")


class Query(serializers.Serializer):
    on = serializers.DateField(required=False)


class CustomerTier(Private):
    """Which tier, since when, and why: the stored decision, as `explain_tier` tells it."""

    resource = "customers"

    @extend_schema(parameters=[ON], responses=ExplanationSerializer)
    def get(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        customer = get_object_or_404(Customer.objects.open_to(request.user), pk=customer_id)
        asked = Query(data=request.query_params)
        asked.is_valid(raise_exception=True)
        explanation = explain(customer=customer, on=asked.validated_data.get("on"))
        if explanation is None:
            raise Http404
        read.send(Customer, user=request.user, obj=customer, what="customers.tier")
        return Response(explanation.as_json())
