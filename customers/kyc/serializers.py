"""`customer` is a customer's number. What is of an anti-money-laundering case, only those get who are cleared for it."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.kyc.rating import rate_customer
from customers.models import Customer, KycReview, Risk, RiskRating


class RiskRatingSerializer(serializers.ModelSerializer):
    """A lower risk than now is a proposal of the kind `kyc_downgrade`."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    approved_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = RiskRating
        fields = ["id", "customer", "level", "reason", "is_case", "rated_at", "by", "approved_by", "ended_at"]
        read_only_fields = ["rated_at", "ended_at"]

    def create(self, validated_data: dict[str, Any]) -> RiskRating:
        return rate_customer(**validated_data, at=timezone.now())


class KycReviewSerializer(serializers.ModelSerializer):
    """`checks` is {check: {"result", "note"}}."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)
    begun_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    reviewer = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = KycReview
        fields = [
            *("id", "customer", "level", "is_case", "due_on", "state", "checks", "begun_at", "begun_by"),
            *("conclusion", "remark", "concluded_at", "reviewer", "version"),
        ]
        read_only_fields = fields


class FoundSerializer(serializers.Serializer):
    result = serializers.ChoiceField(choices=KycReview.Result.choices, allow_blank=True)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ChecksSerializer(serializers.Serializer):
    """`version` is that of the review which was read."""

    version = serializers.IntegerField(min_value=1)
    checks = serializers.DictField(child=FoundSerializer())


class ConclusionSerializer(ChecksSerializer):
    """`level` is the risk that was found; a lower one than now is proposed."""

    conclusion = serializers.ChoiceField(choices=[(each.value, each.label) for each in KycReview.SAID])
    remark = serializers.CharField(max_length=500)
    level = serializers.ChoiceField(choices=Risk.choices, required=False)
