"""Every decision about a customer, over REST."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from crm.base.api import Private
from crm.base.signals import read
from customers.models import Customer
from segmentation.decisions.serializers import DecisionPageSerializer, DecisionQuery, DecisionSerializer
from segmentation.decisions.slot import page_of

CUSTOMER = OpenApiParameter("customer_id", OpenApiTypes.INT, OpenApiParameter.PATH)


class CustomerDecisions(Private):
    """Tiers, waivers and whatever else was decided, newest first. There is no way back: start again without `before`."""

    resource = "customers"

    @extend_schema(parameters=[CUSTOMER, DecisionQuery], responses=DecisionPageSerializer)
    def get(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        customer = get_object_or_404(Customer.objects.open_to(request.user), pk=customer_id)
        asked = DecisionQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        words = asked.validated_data
        found, more = page_of(
            customer, request.user, before=words["before"], kind=words["kind"], limit=words["page_size"]
        )
        read.send(Customer, user=request.user, obj=customer, what="customers.decisions")
        following = more and replace_query_param(request.build_absolute_uri(), "before", more.isoformat())
        rows = DecisionSerializer(found, many=True, context={"customer": customer}).data
        return Response({"next": following, "previous": None, "results": rows})
