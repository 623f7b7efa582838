from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.serializers import Money
from crm.identity.models import Branch, User
from customers.models import Customer
from managers.events.answering import ANSWERS, answer_invitation
from managers.events.forms import CHANNELS
from managers.events.planning import change_event, plan_event
from managers.models import Event, Invitation, TierQuota
from segmentation.models import Tier


class QuotaSerializer(serializers.ModelSerializer):
    tier = serializers.SlugRelatedField(slug_field="code", read_only=True)
    customer_kind = serializers.CharField(source="tier.scheme.customer_kind", read_only=True)

    class Meta:
        model = TierQuota
        fields = ["customer_kind", "tier", "invitations"]


class ClientEventSerializer(serializers.ModelSerializer):
    """`quotas` says `[{"customer_kind", "tier", "invitations"}]`, all of them; how many guests there are say `figures/`."""

    branch = serializers.SlugRelatedField(slug_field="code", queryset=Branch.objects.all())
    host = serializers.SlugRelatedField(slug_field="username", queryset=User.objects.filter(is_active=True))
    budget = Money(required=False, allow_null=True)
    cost = Money(required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, default=settings.CRM_BASE_CURRENCY)
    quotas = serializers.JSONField(required=False)

    class Meta:
        model = Event
        fields = [
            *("id", "name", "kind", "branch", "place", "starts_at", "ends_at", "places", "budget", "cost", "currency"),
            *("host", "state", "reason", "quotas"),
        ]
        read_only_fields = ["state", "reason"]
        validators: list[Any] = []

    def to_representation(self, instance: Event) -> dict[str, Any]:
        return super().to_representation(instance) | {"quotas": QuotaSerializer(instance.quotas.all(), many=True).data}

    def validate_quotas(self, value: Any) -> dict[Tier, int]:
        wrong = serializers.ValidationError(_("Each quota says customer_kind, tier and invitations, a number."))
        tiers = {(tier.scheme.customer_kind, tier.code): tier for tier in Tier.objects.select_related("scheme")}
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise wrong
        found = {}
        for each in value:
            tier, most = tiers.get((str(each.get("customer_kind")), str(each.get("tier")))), each.get("invitations")
            if tier is None or not isinstance(most, int) or isinstance(most, bool) or not 0 <= most <= 100_000:
                raise wrong
            found[tier] = most
        return found

    def create(self, validated_data: dict[str, Any]) -> Event:
        return plan_event(at=timezone.now(), **validated_data)

    def update(self, instance: Event, validated_data: dict[str, Any]) -> Event:
        return change_event(event=instance, version=None, at=timezone.now(), **validated_data)


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class HeldSerializer(serializers.Serializer):
    cost = Money(required=False, allow_null=True, default=None, currency="")


class FiguresSerializer(serializers.Serializer):
    """Of all guests, in reach or not; `came` counts the companions too."""

    places = serializers.IntegerField()
    taken = serializers.IntegerField()
    everybody = serializers.IntegerField()
    came = serializers.IntegerField()
    invited = serializers.IntegerField()
    accepted = serializers.IntegerField()
    declined = serializers.IntegerField()
    waiting = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    attended = serializers.IntegerField()
    absent = serializers.IntegerField()


class InvitationSerializer(serializers.ModelSerializer):
    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)
    tier = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    invited_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    changed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Invitation
        fields = [
            *("id", "customer", "channel", "tier", "invited_by", "invited_at", "state", "companions", "places_taken"),
            *("line", "answered_at", "checked_in_at", "changed_at", "changed_by"),
        ]
        read_only_fields = [name for name in fields if name not in ("state", "companions")]


class AnswerSerializer(InvitationSerializer):
    """PATCH of `state` (accepted, declined) and `companions` records an answer."""

    state = serializers.ChoiceField(choices=[(state.value, state.label) for state in ANSWERS])
    companions = serializers.IntegerField(min_value=0, max_value=9, required=False)

    def to_representation(self, instance: Invitation) -> dict[str, Any]:
        return dict(InvitationSerializer(instance, context=self.context).data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "state" not in attrs:
            raise serializers.ValidationError({"state": _("What the guest says belongs here.")})
        return attrs

    def update(self, instance: Invitation, validated_data: dict[str, Any]) -> Invitation:
        said = {"companions": instance.companions} | validated_data
        return answer_invitation(invitation=instance, at=timezone.now(), **said)


class InvitingSerializer(serializers.Serializer):
    """By their numbers."""

    customers = serializers.ListField(child=serializers.CharField(max_length=32), min_length=1, max_length=500)
    channel = serializers.ChoiceField(choices=CHANNELS)

    def validate_customers(self, value: list[str]) -> list[Customer]:
        rows = Customer.objects.open_to(self.context["request"].user).filter(number__in=value)
        found = {row.number: row for row in rows}
        if missing := sorted(set(value) - set(found)):
            raise serializers.ValidationError(
                _("No customer of yours: %(numbers)s") % {"numbers": ", ".join(missing[:20])}
            )
        return list(found.values())


class RefusedSerializer(serializers.Serializer):
    customer = serializers.CharField(source="customer.number")
    reason = serializers.CharField()


class InvitedSerializer(serializers.Serializer):
    invited = InvitationSerializer(many=True)
    refused = RefusedSerializer(many=True)
