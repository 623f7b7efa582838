from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.money import rounded
from customers.models import Household, HouseholdMember
from customers.portfolio import balances_of

HIDDEN = 2


class HouseholdMemberSerializer(serializers.ModelSerializer):
    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = HouseholdMember
        fields = ["customer", "since", "until", "pools"]


class TotalSerializer(serializers.Serializer):
    currency = serializers.CharField()
    balance = serializers.CharField()


class HouseholdSerializer(serializers.ModelSerializer):
    """`members` are those in reach, `others` counts the rest."""

    members = serializers.SerializerMethodField()
    others = serializers.SerializerMethodField()

    class Meta:
        model = Household
        fields = ["id", "number", "name", "members", "others"]

    @extend_schema_field(HouseholdMemberSerializer(many=True))
    def get_members(self, household: Household) -> list[dict[str, Any]]:
        seen = [member for member in household.members.all() if member.in_reach]
        return list(HouseholdMemberSerializer(seen, many=True).data)

    def get_others(self, household: Household) -> int:
        return sum(not member.in_reach for member in household.members.all())


class HouseholdWithTotalsSerializer(HouseholdSerializer):
    """`totals` are the last balances of who is a member today and agreed to be pooled, per currency; null where the
    amount of a single member out of reach could be had by subtraction."""

    totals = serializers.SerializerMethodField()

    class Meta(HouseholdSerializer.Meta):
        fields = [*HouseholdSerializer.Meta.fields, "totals"]

    @extend_schema_field(TotalSerializer(many=True, allow_null=True))
    def get_totals(self, household: Household) -> list[dict[str, str]] | None:
        today = timezone.localdate()
        pooled = [each for each in household.members.all() if each.pools and each.holds(today)]
        hidden = sum(not each.in_reach for each in pooled)
        if 0 < hidden < HIDDEN:
            return None
        sums: dict[str, Decimal] = balances_of([each.customer_id for each in pooled])
        return [{"currency": code, "balance": str(rounded(amount, code))} for code, amount in sorted(sums.items())]
