from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.errors import RuleBroken
from crm.base.serializers import Money, ScopedSlug
from customers.models import Customer
from managers.books.serializers import ManagerSlug
from managers.handovers.giving import hand_over
from managers.handovers.leaving import record_leaving
from managers.models import Handover, Leaving


class HandoverSerializer(serializers.ModelSerializer):
    """`balance` is the one at the handover, `balance_now` the one of the data date; both in `currency`.

    POST hands a customer over: to whom, and why.
    """

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    giver = serializers.SlugRelatedField(slug_field="username", read_only=True)
    receiver = ManagerSlug(slug_field="username")
    reason = serializers.CharField(max_length=300)
    made_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    balance = Money(allow_null=True, read_only=True)
    balance_now = Money(allow_null=True, read_only=True)

    class Meta:
        model = Handover
        fields = [
            *("id", "customer", "giver", "receiver", "handed_on", "watched_until", "reason", "balance", "balance_now"),
            *("currency", "opportunities", "made_by", "made_at"),
        ]
        read_only_fields = ["handed_on", "watched_until", "currency", "opportunities", "made_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Handover:
        """Of one who has a manager: the first one of a customer is assigned."""
        said, at = validated_data, timezone.now()
        giver = said["customer"].manager
        if giver is None:
            raise RuleBroken(_("Nobody has this customer: assign a manager."), field="customer")
        own = Handover.objects.filter(customer=said["customer"], handed_on=timezone.localdate(at))
        dealt = {said["customer"].pk: said["receiver"]}
        if not hand_over(giver=giver, dealt=dealt, by=said["by"], reason=said["reason"], at=at):
            raise RuleBroken(_("Somebody is changing this record: try again."), field="customer")
        made = own.with_balance().select_related("customer", "giver", "receiver", "made_by").first()
        if made is None:
            raise RuleBroken(_("They had this customer until today: assign them again."), field="receiver")
        return made


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
