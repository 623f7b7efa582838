"""`manager` is a user name, of the branches of who says it."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from managers.books.serializers import ManagerSlug
from managers.models import Certificate, ManagerGrade, ManagerStandard, Scorecard, Training
from managers.staff.scoring import close_year
from managers.staff.services import record_certificate, record_training, say_grade


class _OfManager(serializers.ModelSerializer):
    manager = ManagerSlug(slug_field="username")
    made_by = serializers.SlugRelatedField(slug_field="username", read_only=True)


class GradeSerializer(_OfManager):
    """`until` is the first day of the next one."""

    class Meta:
        model = ManagerGrade
        fields = ["id", "manager", "grade", "since", "until", "reason", "made_by", "made_at"]
        read_only_fields = ["until", "made_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> ManagerGrade:
        return say_grade(at=timezone.now(), **validated_data)


class CertificateSerializer(_OfManager):
    """`valid_until` is the last day on which it counts. `withdraw` takes back what counts no more."""

    withdrawn_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Certificate
        fields = [
            *("id", "manager", "kind", "number", "issued_on", "valid_until", "made_by", "made_at"),
            *("withdrawn_at", "withdrawn_by", "withdrawn_because"),
        ]
        read_only_fields = ["made_at", "withdrawn_at", "withdrawn_because"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Certificate:
        return record_certificate(at=timezone.now(), **validated_data)


class WithdrawnSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class TrainingSerializer(_OfManager):
    class Meta:
        model = Training
        fields = ["id", "manager", "title", "held_on", "hours", "is_passed", "made_by", "made_at"]
        read_only_fields = ["made_at"]

    def create(self, validated_data: dict[str, Any]) -> Training:
        return record_training(at=timezone.now(), **validated_data)


class ManagerStandardSerializer(serializers.ModelSerializer):
    """Changed by proposals of kind `manager_standards`."""

    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = ManagerStandard
        fields = ["id", "number", "effective_from", "content", "published_by", "published_at", "proposal"]


class ScorecardSerializer(serializers.ModelSerializer):
    """`figures` is `{code: {"part", "whole", "value"}}`, the value in percent. POST closes a year that is over."""

    manager = ManagerSlug(slug_field="username")
    closed_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Scorecard
        fields = ["id", "manager", "year", "figures", "closed_by", "closed_at"]
        read_only_fields = ["figures", "closed_at"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Scorecard:
        return close_year(at=timezone.now(), **validated_data)
