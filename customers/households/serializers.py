from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.households.rollup import roll_up
from customers.households.services import found_household
from customers.models import Customer, Household, HouseholdMember


class HouseholdMemberSerializer(serializers.ModelSerializer):
    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = HouseholdMember
        fields = ["customer", "since", "until", "pools", "is_head"]


class TotalSerializer(serializers.Serializer):
    currency = serializers.CharField()
    balance = serializers.CharField(allow_null=True)


class HouseholdSerializer(serializers.ModelSerializer):
    """`members` are the memberships of those in reach, `others` counts who else belongs to it today."""

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
        today = timezone.localdate()
        return len({each.customer_id for each in household.members.all() if each.holds(today) and not each.in_reach})


class HouseholdWithTotalsSerializer(HouseholdSerializer):
    """`totals` are the last balances of who is a member today and agreed to be pooled, per currency; null, or a null
    balance, where the amount of a single member out of reach could be had by subtraction."""

    totals = serializers.SerializerMethodField()

    class Meta(HouseholdSerializer.Meta):
        fields = [*HouseholdSerializer.Meta.fields, "totals"]

    @extend_schema_field(TotalSerializer(many=True, allow_null=True))
    def get_totals(self, household: Household) -> list[dict[str, str | None]] | None:
        totals = roll_up(household.members.all(), timezone.localdate()).totals
        if totals is None:
            return None
        return [{"currency": code, "balance": None if sum is None else str(sum)} for code, sum in totals.items()]


class NewMemberSerializer(serializers.Serializer):
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    since = serializers.DateField()
    pools = serializers.BooleanField()
    is_head = serializers.BooleanField(default=False)


class NewHouseholdSerializer(HouseholdWithTotalsSerializer):
    """POST names the head, the first member, too."""

    number = serializers.CharField(max_length=32, required=False)
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all(), write_only=True)
    since = serializers.DateField(write_only=True)
    pools = serializers.BooleanField(write_only=True)

    class Meta(HouseholdWithTotalsSerializer.Meta):
        fields = [*HouseholdWithTotalsSerializer.Meta.fields, "customer", "since", "pools"]

    def create(self, validated_data: dict[str, Any]) -> Household:
        return found_household(**validated_data, as_of=timezone.localdate())


class LeavingSerializer(serializers.Serializer):
    customer = serializers.CharField()
    until = serializers.DateField()


class PoolingSerializer(serializers.Serializer):
    customer = serializers.CharField()
    pools = serializers.BooleanField()
    since = serializers.DateField()


class HeadSerializer(serializers.Serializer):
    customer = serializers.CharField()
