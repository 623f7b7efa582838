from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.models import Customer
from managers.meetings.services import arrange_meeting
from managers.models import Meeting


class MeetingSerializer(serializers.ModelSerializer):
    """POST arranges one of the user's own, which takes so many `minutes`."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    manager = serializers.SlugRelatedField(slug_field="username", read_only=True)
    minutes = serializers.IntegerField(write_only=True)

    class Meta:
        model = Meeting
        fields = [
            *("id", "customer", "manager", "starts_at", "ends_at", "minutes", "channel", "subject", "made_at"),
            *("cancelled_at", "reason", "version"),
        ]
        read_only_fields = ["ends_at", "made_at", "cancelled_at", "reason", "version"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Meeting:
        return arrange_meeting(at=timezone.now(), **validated_data)


class CancelSerializer(serializers.Serializer):
    """`version` is that of the meeting which was read."""

    version = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=300)
