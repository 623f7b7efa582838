"""Groups over REST."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.companies.groups import found_group
from customers.companies.reading import group_shown
from customers.companies.serializers import Amount
from customers.models import CompanyGroup, Customer, GroupLimit, GroupMember


class GroupMemberSerializer(serializers.ModelSerializer):
    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = GroupMember
        fields = ["customer", "since", "until"]


class GroupLimitSerializer(serializers.ModelSerializer):
    amount = Amount()

    class Meta:
        model = GroupLimit
        fields = ["amount", "currency", "since", "until"]

    def get_validators(self) -> list[Any]:
        return []


class SumSerializer(serializers.Serializer):
    currency = serializers.CharField()
    amount = serializers.CharField(allow_null=True)


class GroupSerializer(serializers.ModelSerializer):
    class Meta:
        model = CompanyGroup
        fields = ["id", "number", "name"]


class GroupTotalsSerializer(serializers.Serializer):
    """An amount is null where it would tell what a single member out of reach has."""

    limits = SumSerializer(many=True)
    used = SumSerializer(many=True)
    guarantees_given = SumSerializer(many=True)
    guarantees_received = SumSerializer(many=True)
    left = serializers.CharField(allow_null=True)


class WholeGroupSerializer(GroupSerializer):
    """`members` are those in reach, `others` counts the rest; `totals` are null for who reaches no member."""

    members = serializers.SerializerMethodField()
    others = serializers.SerializerMethodField()
    limit = serializers.SerializerMethodField()
    totals = serializers.SerializerMethodField()

    class Meta(GroupSerializer.Meta):
        fields = [*GroupSerializer.Meta.fields, "members", "others", "limit", "totals"]

    def to_representation(self, group: CompanyGroup) -> dict[str, Any]:
        self.found = group_shown(group, self.context["request"].user, timezone.localdate())["roll_up"]
        return super().to_representation(group)

    @extend_schema_field(GroupMemberSerializer(many=True))
    def get_members(self, group: CompanyGroup) -> Any:
        return GroupMemberSerializer(self.found.members, many=True).data

    def get_others(self, group: CompanyGroup) -> int:
        return int(self.found.others)

    @extend_schema_field(GroupLimitSerializer(allow_null=True))
    def get_limit(self, group: CompanyGroup) -> Any:
        return self.found.limit and GroupLimitSerializer(self.found.limit).data

    @extend_schema_field(GroupTotalsSerializer(allow_null=True))
    def get_totals(self, group: CompanyGroup) -> dict[str, Any] | None:
        found = self.found
        if not found.is_told:
            return None
        sums = {"limits": found.limits, "used": found.used, "guarantees_given": found.given,
                "guarantees_received": found.received}  # fmt: skip
        return {name: _sums(each) for name, each in sums.items()} | {
            "left": None if found.rest is None else str(found.rest)
        }


def _sums(sums: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"currency": code, "amount": None if sum_ is None else str(sum_)} for code, sum_ in sums.items()]


class NewGroupSerializer(GroupSerializer):
    """POST names the first member too."""

    number = serializers.CharField(max_length=32, required=False)
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all(), write_only=True)
    since = serializers.DateField(write_only=True)

    class Meta(GroupSerializer.Meta):
        fields = [*GroupSerializer.Meta.fields, "customer", "since"]

    def create(self, validated_data: dict[str, Any]) -> CompanyGroup:
        return found_group(**validated_data, as_of=timezone.localdate())


class JoiningSerializer(serializers.Serializer):
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    since = serializers.DateField()


class LeavingGroupSerializer(serializers.Serializer):
    customer = serializers.CharField()
    until = serializers.DateField()
