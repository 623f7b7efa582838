from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from crm.identity.models import User
from customers.models import Customer
from service.complaints.versions import regimes_said
from service.models import Caller, Ticket, TicketClock, TicketMessage, TicketQueue
from service.tickets import assigning, services
from service.tickets.services import open_ticket
from service.tickets.writing import LONGEST
from service.words import Priority, Status

OPENING = ("body", "received_on", "regime")  # said once
QUEUES = TicketQueue.objects.order_by("code")


class TicketClockSerializer(serializers.ModelSerializer):
    class Meta:
        model = TicketClock
        fields = ["kind", "began_at", "due_at", "warn_at", "ended_at", "is_paused"]
        read_only_fields = fields


class TicketMessageSerializer(serializers.ModelSerializer):
    at = serializers.DateTimeField(source="step.at", read_only=True)
    by = serializers.CharField(source="step.by.username", read_only=True, default=None, allow_null=True)
    attachments = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)

    class Meta:
        model = TicketMessage
        fields = ["id", "at", "by", "kind", "body", "attachments"]
        read_only_fields = fields


class TicketSerializer(serializers.ModelSerializer):
    """`customer` and `parent` are numbers, `about` a user name: that person never sees the ticket. `body` is what the customer said.
    `caller` is the id of who speaks for the customer, or without one of who is none; then it goes into a `queue`.

    Of a complaint `received_on` and `regime` may be said; without them it is today, and the regime of the bank.

    `due_at` is that of the clock that is due first. PATCH of `status`, `priority` ("" lets the rules say it), `assignee` or `queue`.
    """

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all(), required=False, allow_null=True)
    caller = ScopedSlug(slug_field="id", queryset=Caller.objects.known(), required=False, allow_null=True)
    parent = ScopedSlug(slug_field="number", queryset=Ticket.objects.all(), required=False, allow_null=True)  # type: ignore[assignment]  # as in forms
    queue = serializers.SlugRelatedField(slug_field="code", queryset=QUEUES, required=False, allow_null=True)
    about = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.all(), required=False, allow_null=True
    )
    assignee = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    opened_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    body = serializers.CharField(max_length=LONGEST, write_only=True)
    clocks = TicketClockSerializer(many=True, read_only=True)
    received_on = serializers.DateField(required=False, write_only=True)
    regime = serializers.CharField(max_length=32, required=False, write_only=True)

    class Meta:
        model = Ticket
        fields = [
            *(
                "id",
                "number",
                "customer",
                "caller",
                "kind",
                "channel",
                "subject",
                "body",
                "impact",
                "priority",
                "is_priority_set",
            ),
            *(
                "status",
                "queue",
                "assignee",
                "about",
                "parent",
                "opened_at",
                "opened_by",
                "ended_at",
                "due_at",
                "due_kind",
            ),
            *("is_paused", "clocks", "received_on", "regime", "version"),
        ]
        read_only_fields = [
            *("number", "priority", "is_priority_set", "status", "opened_at", "ended_at", "due_at", "due_kind"),
            *("is_paused", "version"),
        ]

    def validate_regime(self, value: str) -> str:
        if value not in dict(regimes_said()):
            raise serializers.ValidationError(_("There is no such regime of complaints."))
        return value

    def create(self, validated_data: dict[str, Any]) -> Ticket:
        return open_ticket(at=timezone.now(), **{"customer": None} | validated_data)


class TicketChangeSerializer(TicketSerializer):
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    reason = serializers.CharField(max_length=300, required=False, write_only=True)
    priority = serializers.ChoiceField(choices=Priority.choices, required=False, allow_blank=True)
    assignee = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.all(), required=False, allow_null=True
    )

    class Meta(TicketSerializer.Meta):
        fields = [*(name for name in TicketSerializer.Meta.fields if name not in OPENING), "reason"]
        read_only_fields = [
            *(
                "number",
                "customer",
                "caller",
                "kind",
                "channel",
                "subject",
                "impact",
                "is_priority_set",
                "about",
                "parent",
            ),
            *("opened_at", "ended_at", "due_at", "due_kind", "is_paused", "version"),
        ]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in ("customer", "caller", "about", "parent"):
            fields[name].read_only, fields[name].queryset, fields[name].required = True, None, False
        return fields

    def update(self, instance: Ticket, validated_data: dict[str, Any]) -> Ticket:
        """Each is a verb of its own, all in one transaction."""
        said = {"by": validated_data.pop("by"), "at": timezone.now()}
        reason = validated_data.pop("reason", "")
        if not validated_data:
            raise serializers.ValidationError({"status": _("Say what is to change.")})
        if validated_data.get("queue"):
            assigning.enqueue(ticket=instance, queue=validated_data["queue"], **said)
        if "assignee" in validated_data:
            assigning.assign(ticket=instance, to=validated_data["assignee"], **said)
        if "priority" in validated_data:
            services.set_priority(ticket=instance, priority=validated_data["priority"], **said)
        if "status" in validated_data:
            services.move(ticket=instance, status=validated_data["status"], reason=reason, **said)
        instance.refresh_from_db()
        return instance


class TicketSaySerializer(serializers.Serializer):
    """`kind` is reply (to the customer), word (of the customer) or note (internal); `status` goes with a reply alone."""

    kind = serializers.ChoiceField(choices=TicketMessage.Kind.choices)
    body = serializers.CharField(max_length=LONGEST)
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    version = serializers.IntegerField(min_value=1, required=False)
    files = serializers.ListField(child=serializers.FileField(), required=False)


class QueueSerializer(serializers.ModelSerializer):
    team = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = TicketQueue
        fields = ["id", "code", "name", "team", "skill", "is_dealt"]
