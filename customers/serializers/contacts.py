from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers import services
from customers.models import Customer, Interaction


class InteractionSerializer(serializers.ModelSerializer):
    """Fields are named as the columns of an import file; `customer` is a customer's number."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Interaction
        fields = [
            *("id", "customer", "at", "channel", "direction", "purpose", "outcome", "note", "next_on", "by"),
            *("version", "created_at"),
        ]
        read_only_fields = ["version", "created_at"]

    def create(self, validated_data: dict[str, Any]) -> Interaction:
        return services.log_interaction(**validated_data, as_of=timezone.now())
