from typing import Any

from rest_framework import serializers

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.base.serializers import Money


def named(**more: Any) -> serializers.SlugRelatedField:
    return serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True, **more)


class ProposalSerializer(serializers.ModelSerializer):
    """`content` is as the kind says; `effect` is simulated here, never sent."""

    amount = Money(read_only=True, allow_null=True)
    content = serializers.JSONField()
    effect = serializers.JSONField(read_only=True)
    sentences = serializers.SerializerMethodField()
    subject_user = named()
    maker = named()
    checker = named()
    acting_for = named()

    class Meta:
        model = Proposal
        fields = [
            *("id", "kind", "title", "content", "content_hash", "base_version", "effect", "reason", "effective_from"),
            *("amount", "currency", "sentences", "subject_user", "maker", "made_at", "expires_at", "status"),
            *("checker", "acting_for", "decided_at", "decision_reason"),
        ]
        read_only_fields = [
            *("content_hash", "base_version", "currency", "made_at", "expires_at", "status", "decided_at"),
            "decision_reason",
        ]

    def get_sentences(self, proposal: Proposal) -> list[str]:
        """Who or what, and to what effect, in the language that was asked for."""
        return list(proposal.what.sentences(proposal)) if proposal.has_kind else []

    def create(self, validated_data: dict[str, Any]) -> Proposal:
        return propose(**validated_data)


class RefusalSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500)


class ApprovalSerializer(serializers.Serializer):
    """`content_hash` is that of the content which the checker has read."""

    content_hash = serializers.CharField(max_length=64)
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


def typed(serializer: type[serializers.Serializer], data: Any) -> dict[str, Any]:
    found = serializer(data=data)
    found.is_valid(raise_exception=True)
    return found.validated_data
