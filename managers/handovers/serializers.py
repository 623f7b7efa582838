from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.errors import RowsRefused
from crm.base.serializers import Money, ScopedSlug
from customers.models import Customer
from managers.books.serializers import ManagerSlug
from managers.handovers.leaving import record_leaving
from managers.handovers.several import Wish, hand_over_several
from managers.models import Handover, Leaving


class AtOnce(serializers.SlugRelatedField):
    """Of a list, what all the rows name is looked up in one statement."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(self.root, HandoversSerializer) or not isinstance(data, str):
            return super().to_internal_value(data)
        name = str(self.field_name)
        found = self.root.found.setdefault(name, {})
        if not found:
            named = (row.get(name) for row in self.root.initial_data if isinstance(row, dict))
            asked = {f"{self.slug_field}__in": {each for each in named if isinstance(each, str)}}
            found |= {getattr(each, self.slug_field): each for each in self.get_queryset().filter(**asked)}
        return found[data] if data in found else super().to_internal_value(data)


class CustomerAtOnce(AtOnce, ScopedSlug):
    pass


class ReceiverAtOnce(AtOnce, ManagerSlug):
    pass


class HandoversSerializer(serializers.ListSerializer):
    """All of them, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, dict[str, Any]] = {}

    def create(self, validated_data: list[dict[str, Any]]) -> list[Handover]:
        return hand_over_several(**several(validated_data))


def several(rows: list[dict[str, Any]]) -> dict[str, Any]:
    wishes = [Wish(row["customer"], row["receiver"], row["reason"]) for row in rows]
    return {"wishes": wishes, "by": rows[0]["by"], "at": timezone.now()}


class HandoverSerializer(serializers.ModelSerializer):
    """`balance` is the one at the handover, `balance_now` the one of the data date; both in `currency`.

    POST hands a customer over: to whom, and why. A list of them is done as a whole or not at all.
    """

    customer = CustomerAtOnce(slug_field="number", queryset=Customer.objects.select_related("manager"))
    giver = serializers.SlugRelatedField(slug_field="username", read_only=True)
    receiver = ReceiverAtOnce(slug_field="username")
    reason = serializers.CharField(max_length=300)
    made_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    balance = Money(allow_null=True, read_only=True)
    balance_now = Money(allow_null=True, read_only=True)

    class Meta:
        model = Handover
        list_serializer_class = HandoversSerializer
        fields = [
            *("id", "customer", "giver", "receiver", "handed_on", "watched_until", "reason", "balance", "balance_now"),
            *("currency", "opportunities", "made_by", "made_at"),
        ]
        read_only_fields = ["handed_on", "watched_until", "currency", "opportunities", "made_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Handover:
        """Of one who has a manager: the first one of a customer is assigned."""
        try:
            return hand_over_several(**several([validated_data]))[0]
        except RowsRefused as refused:
            raise refused.rows[0] from None


class ManagerLeavingSerializer(serializers.ModelSerializer):
    """POST records that a manager of the user's branches leaves; DELETE calls it off."""

    manager = ManagerSlug(slug_field="username")
    successor = ManagerSlug(slug_field="username")
    made_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Leaving
        fields = [
            *("id", "manager", "last_day", "successor", "reason", "made_by", "made_at", "called_off_at", "done_at"),
        ]
        read_only_fields = ["made_at", "called_off_at", "done_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Leaving:
        return record_leaving(at=timezone.now(), **validated_data)
