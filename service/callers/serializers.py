from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.masking import masked
from customers.models import Customer
from service.callers.keeping import KINDS, note_caller
from service.callers.mandates import note_mandate
from service.models import Caller, Mandate


class CallerSerializer(serializers.ModelSerializer):
    """Who is no customer; phone and e-mail are shown masked. `customer` is the number of whom they were found to be: `join` says it."""

    name = serializers.CharField(max_length=120, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    email = serializers.CharField(max_length=254, required=False, allow_blank=True)
    customer = serializers.SlugRelatedField(slug_field="number", read_only=True, allow_null=True)
    noted_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Caller
        fields = [
            *("id", "name", "phone", "email", "is_anonymous", "customer", "joined_at", "noted_by", "noted_at"),
            *("forgotten_on", "version"),
        ]
        read_only_fields = ["joined_at", "noted_at", "forgotten_on", "version"]
        validators: list[Any] = []

    def to_representation(self, row: Any) -> dict[str, Any]:
        return super().to_representation(row) | {kind: masked(kind, getattr(row, kind)) for kind in KINDS}

    def create(self, validated_data: dict[str, Any]) -> Caller:
        return note_caller(at=timezone.now(), **validated_data)


class JoinSerializer(serializers.Serializer):
    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    version = serializers.IntegerField(min_value=1)


class CallerRevealSerializer(serializers.Serializer):
    field = serializers.ChoiceField(choices=list(KINDS))
    reason = serializers.CharField(max_length=200)


class MandateSerializer(serializers.ModelSerializer):
    """A power of attorney; `holder` is the id of the caller, `until` the first day on which it holds no more. `end` revokes it."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    name = serializers.CharField(max_length=120, write_only=True)
    phone = serializers.CharField(max_length=40, write_only=True)
    scopes = serializers.MultipleChoiceField(choices=Mandate.Scope.choices)

    class Meta:
        model = Mandate
        fields = [
            *("id", "customer", "holder", "name", "phone", "scopes", "since", "until", "paper", "noted_at", "ended_at"),
        ]
        read_only_fields = ["holder", "noted_at", "ended_at"]
        validators: list[Any] = []

    def to_representation(self, row: Any) -> dict[str, Any]:
        return super().to_representation(row) | {"scopes": list(row.scopes)}

    def create(self, validated_data: dict[str, Any]) -> Mandate:
        return note_mandate(at=timezone.now(), **validated_data | {"scopes": sorted(validated_data["scopes"])})
