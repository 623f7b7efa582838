from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import Money
from segmentation.models import Posting, PostingBatch
from segmentation.outbox.services import send


class PostingSerializer(serializers.ModelSerializer):
    """What is to be refunded of which charge, and the core's answer; a reversal has a negative amount."""

    id = serializers.IntegerField(source="entry_id", read_only=True)
    entry = serializers.IntegerField(source="entry_id", read_only=True)
    account = serializers.CharField(source="entry.account.number", read_only=True)
    charge = serializers.CharField(source="entry.charge.number", read_only=True)
    amount = Money(source="entry.waived", read_only=True)
    currency = serializers.CharField(source="entry.currency", read_only=True)
    value_date = serializers.DateField(source="batch.value_date", read_only=True)

    class Meta:
        model = Posting
        fields = [
            *("id", "entry", "account", "charge", "amount", "currency", "value_date", "batch"),
            *("state", "posted_on", "reason", "answered_at"),
        ]


class BatchSerializer(serializers.ModelSerializer):
    value_date = serializers.DateField(required=False, help_text="the day of sending, where nothing else is said")

    entries = serializers.IntegerField(read_only=True)

    class Meta:
        model = PostingBatch
        fields = ["id", "value_date", "entries", "sent_at"]
        read_only_fields = ["sent_at"]

    def create(self, validated_data: dict[str, Any]) -> PostingBatch:
        return send(value_date=validated_data.get("value_date") or timezone.localdate(), by=validated_data["by"])


class AnswerSerializer(serializers.Serializer):
    """`posted_on` of what is posted, `reason` of what is refused."""

    entry = serializers.IntegerField()
    state = serializers.ChoiceField(choices=["posted", "refused"])
    posted_on = serializers.DateField(required=False)
    reason = serializers.CharField(required=False)


class AnswersAsked(serializers.Serializer):
    answers = AnswerSerializer(many=True)


class AnswerError(serializers.Serializer):
    row = serializers.IntegerField()
    message = serializers.CharField()


class AnswersSaid(serializers.Serializer):
    """rows = accepted + rejected; unchanged are among the accepted. `row` counts from 1."""

    rows = serializers.IntegerField()
    accepted = serializers.IntegerField()
    rejected = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    errors = AnswerError(many=True)  # type: ignore[assignment]  # the word of the answer
