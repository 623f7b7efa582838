from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.models import Customer
from managers.models import Referral
from managers.referrals.services import refer


class ReferralSerializer(serializers.ModelSerializer):
    """`customer` is a number. It is answered by `accept` or `decline`; `credited_at` is when a sale was put down to it."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    referred_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    credited_at = serializers.DateTimeField(read_only=True, allow_null=True, default=None)
    answered_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Referral
        fields = [
            *("id", "customer", "family", "note", "state", "referred_by", "referred_at", "due_at", "escalated_at"),
            *("answered_by", "answered_at", "reason", "credited_at", "version"),
        ]
        read_only_fields = ["state", "referred_at", "due_at", "escalated_at", "answered_at", "reason", "version"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Referral:
        return refer(at=timezone.now(), **validated_data)


class AcceptSerializer(serializers.Serializer):
    """`version` is that of the referral which was read."""

    version = serializers.IntegerField(min_value=1)


class DeclineSerializer(AcceptSerializer):
    reason = serializers.CharField(max_length=300)
