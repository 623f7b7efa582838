"""What is known, missing and old of a record, over REST."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Private
from crm.base.signals import read
from customers.completeness.reading import completeness_of
from customers.completeness.views import ACTS
from customers.models import Customer


class FieldSerializer(serializers.Serializer):
    """`good_for_days` is null for what does not change by itself."""

    field = serializers.CharField(source="name")
    weight = serializers.IntegerField(source="wanted.weight")
    good_for_days = serializers.IntegerField(source="wanted.good_for", allow_null=True)
    is_known = serializers.BooleanField()
    is_stale = serializers.BooleanField()
    is_asked = serializers.BooleanField()
    confirmed_on = serializers.DateField()


class CompletenessSerializer(serializers.Serializer):
    percent = serializers.IntegerField()
    fields = FieldSerializer(many=True)  # type: ignore[assignment]  # the name that readers look for


class ActSerializer(serializers.Serializer):
    field = serializers.CharField(max_length=24)
    act = serializers.ChoiceField(choices=sorted(ACTS))


class CustomerCompleteness(Private):
    """POST confirms a field, has it asked at the next contact, or leaves it out again; an answer is a PATCH of the customer."""

    resource = "customers"

    @extend_schema(responses=CompletenessSerializer)
    def get(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        return self._told(request, self._customer(request, customer_id))

    @extend_schema(request=ActSerializer, responses=CompletenessSerializer)
    def post(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        customer = self._customer(request, customer_id)
        asked = ActSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        ACTS[asked.validated_data["act"]](customer, asked.validated_data["field"], request.user)
        return self._told(request, customer)

    def _customer(self, request: Request, pk: int) -> Customer:
        rows = Customer.objects.open_to(request.user).select_related("contact")
        return get_object_or_404(rows, pk=pk)

    def _told(self, request: Request, customer: Customer) -> Response:
        read.send(Customer, user=request.user, obj=customer, what="customers.completeness")
        found = completeness_of(customer, timezone.localdate())
        return Response({"percent": found.percent, "fields": FieldSerializer(found.fields, many=True).data})
