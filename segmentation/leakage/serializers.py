from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from crm.base.serializers import Money
from segmentation.leakage.services import open_check
from segmentation.models import Leak, WaiverCheck, WaiverPolicy


class CheckSerializer(serializers.ModelSerializer):
    """`policy` is the number of a version; `effect` says what leaks, once the status is completed."""

    policy = serializers.SlugRelatedField(
        slug_field="number", queryset=WaiverPolicy.objects.all(), required=False, allow_null=True, label=_("policy")
    )
    status = serializers.CharField(source="run.status", read_only=True)
    message = serializers.CharField(source="run.message", read_only=True)
    rows_total = serializers.IntegerField(source="run.rows_total", read_only=True)
    rows_done = serializers.IntegerField(source="run.rows_done", read_only=True)
    effect = serializers.JSONField(source="run.result", read_only=True)

    class Meta:
        model = WaiverCheck
        fields = [
            "id",
            "since",
            "through",
            "policy",
            "tiers_on",
            "status",
            "message",
            "rows_total",
            "rows_done",
            "effect",
        ]

    def create(self, validated_data: dict[str, Any]) -> WaiverCheck:
        return open_check(**validated_data)


class LeakSerializer(serializers.ModelSerializer):
    """A charge of which policies waived `waived` while `due` is right."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)
    charge = serializers.SlugRelatedField(slug_field="number", read_only=True)
    fee = serializers.CharField(source="fee_code")
    tier = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    amount = Money()
    waived = Money()
    due = Money()

    class Meta:
        model = Leak
        fields = [
            *(
                "id",
                "customer",
                "charge",
                "fee",
                "charged_on",
                "tier",
                "amount",
                "waived",
                "due",
                "currency",
                "exemption",
            ),
            "waits",
        ]
