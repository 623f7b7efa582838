"""Parties outside the bank: named with a relation or guarantee, and corrected for all who name them."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from customers.companies.parties import correct_party
from customers.models import OutsideParty


class OutsidePartySerializer(serializers.ModelSerializer):
    class Meta:
        model = OutsideParty
        fields = ["id", "kind", "name", "country", "lei", "registration_number"]
        extra_kwargs = {"lei": {"validators": []}, "registration_number": {"validators": []}}

    def get_validators(self) -> list[Any]:
        """One that is known already is the one that is meant."""
        return []


class PartySerializer(OutsidePartySerializer):
    """PATCH corrects what was mistyped, for all who name it; `reason` says why, and is of the last correction. `reason` and `by`
    are told to who may correct it."""

    reason = serializers.CharField(max_length=300)
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta(OutsidePartySerializer.Meta):
        fields = [*OutsidePartySerializer.Meta.fields, "reason", "version", "noted_at", "by"]
        read_only_fields = ["kind", "version", "noted_at"]

    def to_representation(self, party: Any) -> dict[str, Any]:
        said: dict[str, Any] = super().to_representation(party)
        return said if party.is_writable else said | {"reason": "", "by": None}

    def update(self, instance: Any, validated_data: dict[str, Any]) -> OutsideParty:
        party: Any = correct_party(party=instance, at=timezone.now(), **{"reason": "", **validated_data})
        party.is_writable = instance.is_writable
        return party
