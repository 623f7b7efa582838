from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import Money, ScopedSlug
from customers.models import Customer
from managers.gifts.services import record_gift
from managers.models import Event, Gift


class EventInReach(serializers.PrimaryKeyRelatedField):
    def get_queryset(self) -> Any:
        request = self.context.get("request")
        return Event.objects.visible_to(request.user) if request else Event.objects.none()


class GiftSerializer(serializers.ModelSerializer):
    """In the bank's currency. Above the cap of a year it is refused with 409: POST a proposal of kind `gift_above_cap`."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    event = EventInReach(required=False, allow_null=True)
    amount = Money()
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    struck_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Gift
        fields = [
            *("id", "customer", "event", "kind", "what", "amount", "currency", "given_on", "recorded_at", "by"),
            *("proposal", "struck_at", "struck_by", "struck_because"),
        ]
        read_only_fields = ["currency", "recorded_at", "proposal", "struck_at", "struck_because"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Gift:
        return record_gift(at=timezone.now(), **validated_data)


class StruckSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)
