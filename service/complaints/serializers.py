from django.conf import settings
from rest_framework import serializers

from crm.identity.models import User
from service.clocks.viewsets import DatedVersionSerializer
from service.complaints.services import SAID
from service.complaints.words import Outcome
from service.models import Complaint, ComplaintLetter, ComplaintReview, ComplaintRules, LegalStep


class LegalStepSerializer(serializers.ModelSerializer):
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = LegalStep
        fields = ["act", "on", "at", "by", "words"]
        read_only_fields = fields


class ComplaintLetterSerializer(serializers.ModelSerializer):
    sent_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = ComplaintLetter
        fields = ["id", "kind", "language", "subject", "body", "sent_at", "sent_by"]
        read_only_fields = fields


class ComplaintReviewSerializer(serializers.ModelSerializer):
    asked_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    reviewer = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = ComplaintReview
        fields = ["asked_on", "asked_by", "words", "reviewer", "due_on", "decided_on", "outcome", "decision"]
        read_only_fields = fields


class ComplaintSerializer(serializers.ModelSerializer):
    """It begins with its ticket. `due_on` is the last day that the law leaves; it never pauses."""

    ticket = serializers.SlugRelatedField(slug_field="number", read_only=True)
    customer = serializers.CharField(source="ticket.customer.number", read_only=True, default=None, allow_null=True)
    steps = LegalStepSerializer(many=True, read_only=True)
    letters = ComplaintLetterSerializer(many=True, read_only=True)
    review = ComplaintReviewSerializer(source="review_above", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Complaint
        fields = [
            "id",
            "ticket",
            "customer",
            "regime",
            "received_on",
            "stage",
            "due_on",
            "answered_on",
            "cause",
            "remedies",
            "steps",
            "letters",
            "review",
            "version",
        ]
        read_only_fields = fields


class ComplaintWordsSerializer(serializers.Serializer):
    """`language` is that of the letter; without it the customer's."""

    words = serializers.CharField(max_length=10_000)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    version = serializers.IntegerField(min_value=1)


class ComplaintAnswerSerializer(ComplaintWordsSerializer):
    """`cause` and `remedies` are codes of the complaint rules in force."""

    cause = serializers.CharField(max_length=32)
    remedies = serializers.ListField(child=serializers.CharField(max_length=32), min_length=1, max_length=20)


class ComplaintDeclareSerializer(ComplaintWordsSerializer):
    act = serializers.ChoiceField(choices=[(act.value, act.label) for act in SAID])


class ComplaintRulesSerializer(DatedVersionSerializer):
    class Meta(DatedVersionSerializer.Meta):
        model = ComplaintRules


class ComplaintAcknowledgeSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=4_000, required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)


class ComplaintAskReviewSerializer(serializers.Serializer):
    """`reviewer` is a head above who had no part in it; without one the nearest."""

    words = serializers.CharField(max_length=10_000)
    reviewer = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(role=User.Role.HEAD), required=False
    )


class ComplaintDecideSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    words = serializers.CharField(max_length=10_000)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
