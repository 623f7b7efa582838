"""Fields are named as the columns of an import file; `customer` is a customer's number."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.contacting import services
from customers.models import Consent, Customer, Flag, RiskAssessment


class OfCustomerSerializer(serializers.ModelSerializer):
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)


class RiskAssessmentSerializer(OfCustomerSerializer):
    """`level` 1 to 5 is C1 to C5."""

    class Meta:
        model = RiskAssessment
        fields = ["id", "customer", "level", "assessed_on", "by", "recorded_at"]
        read_only_fields = ["recorded_at"]

    def create(self, validated_data: dict[str, Any]) -> RiskAssessment:
        return services.assess_risk(**validated_data, as_of=timezone.localdate())


class ConsentSerializer(OfCustomerSerializer):
    """Given now; it ends by a POST to its `withdraw/`."""

    class Meta:
        model = Consent
        fields = ["id", "customer", "purpose", "channel", "wording", "given_at", "withdrawn_at", "by"]
        read_only_fields = ["given_at", "withdrawn_at"]

    def create(self, validated_data: dict[str, Any]) -> Consent:
        return services.give_consent(**validated_data, at=timezone.now())


class FlagSerializer(OfCustomerSerializer):
    """`since` is inclusive, `until` the first day on which it no longer holds. It ends by a POST to its `end/`."""

    class Meta:
        model = Flag
        fields = ["id", "customer", "kind", "since", "until", "source", "by"]

    def create(self, validated_data: dict[str, Any]) -> Flag:
        return services.raise_flag(**validated_data)


class EndSerializer(serializers.Serializer):
    until = serializers.DateField()
