from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.duplicates.services import merge_customers
from customers.models import Customer, Duplicate, Merge


class DuplicateSerializer(serializers.ModelSerializer):
    """Two records in reach that may be one customer; `signs` say why, and what speaks against it."""

    first = serializers.SlugRelatedField(slug_field="number", read_only=True)
    second = serializers.SlugRelatedField(slug_field="number", read_only=True)
    closed_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Duplicate
        fields = ["id", "first", "second", "score", "signs", "found_at", "state", "closed_at", "closed_by", "remark"]


class MergeSerializer(serializers.ModelSerializer):
    """POST merges `absorbed` into `survivor`; `take` names what is taken of the absorbed record, all else stays. With the
    versions that were read it is refused where somebody changed either since."""

    survivor = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    absorbed = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    take = serializers.ListField(child=serializers.CharField(max_length=60), required=False, write_only=True)
    survivor_version = serializers.IntegerField(required=False, write_only=True)
    absorbed_version = serializers.IntegerField(required=False, write_only=True)
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    undone_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Merge
        fields = [
            "id",
            "survivor",
            "absorbed",
            "take",
            "survivor_version",
            "absorbed_version",
            "reason",
            "at",
            "by",
            "undone_at",
            "undone_by",
            "undone_because",
        ]
        read_only_fields = ["at", "undone_at", "undone_because"]

    def create(self, validated_data: dict[str, Any]) -> Merge:
        versions = [validated_data.pop(f"{name}_version", None) for name in ("survivor", "absorbed")]
        read = (versions[0], versions[1]) if None not in versions else None
        return merge_customers(**validated_data, versions=read, at=timezone.now())


class BecauseSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class UndoneSerializer(serializers.Serializer):
    """`left` names what was changed since the merge, and stays as it is."""

    merge = MergeSerializer()
    left = serializers.ListField(child=serializers.CharField())
