from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.models import Customer
from service.models import RequestForm, RequestStep, ServiceRequest, Ticket
from service.requests.services import request_service
from service.requests.shown import answers_for


class RequestFormSerializer(serializers.ModelSerializer):
    content = serializers.JSONField(read_only=True)
    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = RequestForm
        fields = ["id", "code", "number", "effective_from", "content", "published_at", "published_by", "proposal"]
        read_only_fields = fields


class OfferedSerializer(serializers.Serializer):
    """`number` 0 is the standard form, until the bank publishes its own."""

    code = serializers.CharField(source="form.code")
    number = serializers.IntegerField()
    name = serializers.CharField()
    content = serializers.JSONField()


class RequestStepSerializer(serializers.ModelSerializer):
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = RequestStep
        fields = ["state", "at", "by", "words"]
        read_only_fields = fields


class ServiceRequestSerializer(serializers.ModelSerializer):
    """`answers` by the fields of the form: a text each, of an amount {"amount": "10.00", "currency": "CNY"}; "•••" where the customer is
    seen in outline. `document` is the whole number of the id document that the customer shows; it is compared and not kept.

    `execute_on` is the day on which the bank's core executes it, by the cut-off of the form.
    """

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    ticket = ScopedSlug(slug_field="number", queryset=Ticket.objects.all(), required=False, allow_null=True)
    answers = serializers.JSONField()
    document = serializers.CharField(max_length=40, required=False, write_only=True)
    requested_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    authorised_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    steps = RequestStepSerializer(many=True, read_only=True)

    class Meta:
        model = ServiceRequest
        fields = [
            *("id", "customer", "ticket", "form", "form_number", "answers", "document", "identity", "is_checked", "state"),
            *("execute_on", "requested_at", "requested_by", "authorised_at", "authorised_by", "ended_at", "reference"),
            *("steps", "version"),
        ]  # fmt: skip
        read_only_fields = [
            *("form_number", "identity", "is_checked", "state", "execute_on", "requested_at", "authorised_at", "ended_at"),
            *("reference", "version"),
        ]  # fmt: skip

    def to_representation(self, instance: ServiceRequest) -> dict[str, Any]:
        return super().to_representation(instance) | {"answers": answers_for(instance, self.context["request"].user)}

    def create(self, validated_data: dict[str, Any]) -> ServiceRequest:
        return request_service(at=timezone.now(), **validated_data)


class RequestVersionSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)


class RequestCancelSerializer(RequestVersionSerializer):
    reason = serializers.CharField(max_length=300)
