from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from customers.contacting.serializers import OfCustomerSerializer
from customers.life_events.days import written
from customers.life_events.services import CHANGEABLE, MOST, correct_life_event, note_life_event
from customers.models import LifeEvent


@extend_schema_field(str)
class KnownDay(serializers.CharField):
    """A day, a month or a year, as it is known: "2025-09-01", "2025-09", "2025"."""

    def get_attribute(self, instance: LifeEvent) -> str:
        return written(instance.on, instance.precision)


class LifeEventSerializer(OfCustomerSerializer):
    """PATCH corrects, by the version that was read; DELETE strikes out. `note` is for who looks after the customer."""

    on = KnownDay(max_length=10)
    note = serializers.CharField(max_length=MOST["note"], required=False, allow_blank=True)

    class Meta:
        model = LifeEvent
        fields = [
            *("id", "customer", "kind", "on", "precision", "about", "note", "source", "by", "recorded_at"),
            "version",
        ]
        read_only_fields = ["precision", "recorded_at", "version"]

    def create(self, validated_data: dict[str, Any]) -> LifeEvent:
        return note_life_event(**validated_data, at=timezone.now())

    def update(self, instance: LifeEvent, validated_data: dict[str, Any]) -> LifeEvent:
        by, changes = validated_data.pop("by"), {k: v for k, v in validated_data.items() if k in CHANGEABLE}
        return correct_life_event(event=instance, by=by, at=timezone.now(), **changes)
