from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from customers.calls.services import begin_call
from customers.calls.shown import candidate
from customers.calls.verifying import candidates_of
from customers.models import Call
from customers.models.calls import Question


class CandidateSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    number = serializers.CharField()
    branch = serializers.CharField()


class AskedSerializer(serializers.Serializer):
    question = serializers.ChoiceField(Question.choices)
    right = serializers.BooleanField(allow_null=True)


class CallSerializer(serializers.ModelSerializer):
    """`candidates` have the number, masked; `customer` is the id of who was chosen. `is_over` is true once somebody ended the
    call, or its time was up. Of `questions` those wait for an answer whose `right` is null."""

    number = serializers.CharField(write_only=True, required=False, allow_blank=True, max_length=40)
    call = serializers.CharField(source="__str__", read_only=True)
    agent = serializers.SlugRelatedField(slug_field="username", read_only=True)
    customer = serializers.PrimaryKeyRelatedField(read_only=True, allow_null=True)
    candidates = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()
    is_over = serializers.SerializerMethodField()

    class Meta:
        model = Call
        fields = [
            *("id", "call", "number", "agent", "customer", "candidates", "state", "questions", "wrong"),
            *("begun_at", "verified_at", "ends_at", "ended_at", "is_over", "interaction"),
        ]
        read_only_fields = [
            *("state", "wrong", "begun_at", "verified_at", "ends_at", "ended_at", "interaction"),
        ]

    @extend_schema_field(CandidateSerializer(many=True))
    def get_candidates(self, call: Call) -> list[dict[str, Any]]:
        ringing = call.state == Call.State.RINGING and call.customer_id is None and call.ended_at is None
        is_mine = call.agent_id == self.context["request"].user.pk
        found = candidates_of(call) if ringing and is_mine else []
        return list(CandidateSerializer([candidate(each) for each in found], many=True).data)

    @extend_schema_field(AskedSerializer(many=True))
    def get_questions(self, call: Call) -> list[dict[str, Any]]:
        return [{"question": each["kind"], "right": each["right"]} for each in call.questions]

    def get_is_over(self, call: Call) -> bool:
        return call.is_over(timezone.now())

    def create(self, validated_data: dict[str, Any]) -> Call:
        return begin_call(number=validated_data.get("number", ""), by=validated_data["by"], at=timezone.now())


class ChoiceSerializer(serializers.Serializer):
    """One of the candidates by `customer`, or whom a whole customer number, phone or id document finds."""

    customer = serializers.IntegerField(required=False)
    text = serializers.CharField(required=False, max_length=64)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError("customer, text")
        return attrs


class AnswersSerializer(serializers.Serializer):
    """What was answered, by question. One that is left out counts as wrong."""

    answers = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=64))
