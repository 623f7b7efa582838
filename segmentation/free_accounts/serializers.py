from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.errors import RuleBroken
from crm.base.serializers import ScopedSlug
from customers.models import Account, Customer
from segmentation.free_accounts.services import end_naming, name_account
from segmentation.models import FreeAccount


class FreeAccountSerializer(serializers.ModelSerializer):
    """`since` is inclusive; `until` the first day on which the account is free no longer, empty while it is."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    account = ScopedSlug(slug_field="number", queryset=Account.objects.all())
    named_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = FreeAccount
        fields = ["id", "customer", "account", "since", "until", "named_by", "named_at"]
        read_only_fields = ["until", "named_at"]

    def create(self, validated_data: dict[str, Any]) -> FreeAccount:
        return name_account(**validated_data)


class FreeAccountEndSerializer(FreeAccountSerializer):
    """Only its end changes, once."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)  # type: ignore[assignment]
    account = serializers.SlugRelatedField(slug_field="number", read_only=True)  # type: ignore[assignment]

    class Meta(FreeAccountSerializer.Meta):
        read_only_fields = ["since", "named_at"]

    def update(self, instance: FreeAccount, validated_data: dict[str, Any]) -> FreeAccount:
        if validated_data.get("until") is None:
            raise RuleBroken(_("The day on which it ends belongs here."), field="until")
        return end_naming(free=instance, until=validated_data["until"], by=validated_data["by"])
