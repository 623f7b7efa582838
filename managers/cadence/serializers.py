from typing import Any

from rest_framework import serializers

from managers.models import ContactPlan, DueContact


class DueContactSerializer(serializers.ModelSerializer):
    """`days_late`: how many days after the last time it was logged, where that was late."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)
    tier = serializers.SlugRelatedField(slug_field="code", read_only=True)
    manager = serializers.CharField(source="customer.manager.username", read_only=True, default=None, allow_null=True)

    class Meta:
        model = DueContact
        fields = ["id", "customer", "what", "tier", "manager", "last_at", "days_late", "due_on", "is_doubled"]
        read_only_fields = fields


class ContactPlanSerializer(serializers.ModelSerializer):
    content = serializers.JSONField(read_only=True)
    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = ContactPlan
        fields = ["id", "number", "effective_from", "content", "published_at", "published_by", "proposal"]
        read_only_fields: Any = fields


class CadenceLineSerializer(serializers.Serializer):
    """`key` is null for who has no manager or no branch; `share` in percent of those that are not overdue."""

    key = serializers.CharField(allow_null=True)
    name = serializers.CharField(source="label")
    total = serializers.IntegerField()
    kept = serializers.IntegerField()
    due = serializers.IntegerField()
    overdue = serializers.IntegerField()
    share = serializers.IntegerField()
    late = serializers.IntegerField()
