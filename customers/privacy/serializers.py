from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers import tasks
from customers.models import Customer, Erasure, SubjectExport
from customers.privacy.erasing import counted
from customers.privacy.exporting import ask_export
from customers.privacy.holds import holds_of
from customers.privacy.reading import counts_of
from customers.privacy.requests import ask_erasure


class SubjectExportSerializer(serializers.ModelSerializer):
    """POST asks for one; `status` and `rows_done` of `rows_total` parts tell how far it is. The file is at `file/`."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    status = serializers.CharField(source="run.status", read_only=True)
    rows_done = serializers.IntegerField(source="run.rows_done", read_only=True)
    rows_total = serializers.IntegerField(source="run.rows_total", read_only=True)
    asked_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = SubjectExport
        fields = [
            *("id", "number", "customer", "reason", "language", "status", "rows_done", "rows_total", "rows"),
            *("asked_at", "asked_by", "ready_at", "expires_at"),
        ]
        read_only_fields = ["language", "rows", "asked_at", "ready_at", "expires_at"]

    def create(self, validated_data: dict[str, Any]) -> SubjectExport:
        return ask_export(**validated_data, at=timezone.now(), ring=tasks.ring_export)


class ErasureSerializer(serializers.ModelSerializer):
    """POST records a request. Of an open one `would_take` counts what would go, and `forbidden_by` says what stands against it."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    asked_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    closed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = Erasure
        fields = [
            *("id", "number", "customer", "branch", "requester", "received_on", "due_on", "reason", "asked_at"),
            *(
                "asked_by",
                "state",
                "proposal",
                "answer",
                "closed_at",
                "closed_by",
                "held_until",
                "counts",
                "released_at",
            ),
        ]
        read_only_fields = [
            "due_on",
            "asked_at",
            "state",
            "proposal",
            "answer",
            "closed_at",
            "held_until",
            "released_at",
        ]

    def create(self, validated_data: dict[str, Any]) -> Erasure:
        return ask_erasure(**validated_data, at=timezone.now())


class ErasureTakenSerializer(serializers.Serializer):
    what = serializers.CharField()
    category = serializers.CharField()
    rows = serializers.IntegerField()


class ErasureDetailSerializer(ErasureSerializer):
    forbidden_by = serializers.SerializerMethodField()
    would_take = serializers.SerializerMethodField()

    class Meta(ErasureSerializer.Meta):
        fields = [*ErasureSerializer.Meta.fields, "forbidden_by", "would_take"]

    def get_forbidden_by(self, erasure: Erasure) -> list[str]:
        return list(holds_of(erasure.customer, on=timezone.localdate()).reasons) if erasure.is_open else []

    def get_would_take(self, erasure: Erasure) -> list[dict[str, Any]]:
        return counts_of(counted(erasure.customer)) if erasure.is_open else []


class ErasureReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class ErasureAnswerSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=300)
