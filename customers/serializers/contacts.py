from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers import services
from customers.models import Amendment, Customer, Interaction


class AmendmentSerializer(serializers.ModelSerializer):
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Amendment
        fields = ["text", "at", "by"]
        read_only_fields = ["at"]


class InteractionSerializer(serializers.ModelSerializer):
    """Fields are named as the columns of an import file; `customer` is a customer's number."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    amendments = AmendmentSerializer(many=True, read_only=True)

    class Meta:
        model = Interaction
        fields = [
            *("id", "customer", "at", "channel", "direction", "purpose", "outcome", "note", "next_on", "by"),
            *("version", "created_at", "amendments"),
        ]
        read_only_fields = ["version", "created_at"]

    def create(self, validated_data: dict[str, Any]) -> Interaction:
        return services.log_interaction(**validated_data, as_of=timezone.now())

    def update(self, instance: Interaction, validated_data: dict[str, Any]) -> Interaction:
        by, customer = validated_data.pop("by"), validated_data.pop("customer", instance.customer)
        if customer != instance.customer:
            raise serializers.ValidationError({"customer": _("A contact stays with its customer.")})
        return services.correct_interaction(interaction=instance, by=by, as_of=timezone.now(), **validated_data)
