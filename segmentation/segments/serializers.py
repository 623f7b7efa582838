from typing import Any

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.identity.models import User
from segmentation.models import Segment, SegmentMembership, SegmentSnapshot, SegmentVersion
from segmentation.segments.definition import readable
from segmentation.segments.saying import currencies, said_of
from segmentation.segments.snapshots import freeze


class SegmentVersionSerializer(serializers.ModelSerializer):
    """`content` is the segment as in a policy file; `sentence` its rule in the language of the request."""

    sentence = serializers.SerializerMethodField()

    class Meta:
        model = SegmentVersion
        fields = ["number", "effective_from", "content", "sentence", "published_at"]

    @extend_schema_field(str)
    def get_sentence(self, version: SegmentVersion) -> str:
        definition = readable(version.content)
        return said_of(definition, self.currencies) if definition else ""

    @cached_property
    def currencies(self) -> dict[str, str]:
        """Asked once for all segments of an answer."""
        return currencies()


class SegmentSerializer(serializers.ModelSerializer):
    versions = SegmentVersionSerializer(many=True, read_only=True)

    class Meta:
        model = Segment
        fields = ["id", "code", "name", "scheme", "priority", "is_retired", "versions"]


class MemberSerializer(serializers.ModelSerializer):
    """`since` is inclusive; `until` is the first day no longer in it, empty while it lasts."""

    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)
    name = serializers.CharField(source="customer.name", read_only=True)
    is_primary = serializers.BooleanField(read_only=True)

    class Meta:
        model = SegmentMembership
        fields = ["id", "customer", "name", "since", "until", "is_primary"]


class SnapshotSerializer(serializers.ModelSerializer):
    """`members` counts the whole book."""

    taken_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = SegmentSnapshot
        fields = ["id", "name", "business_date", "members", "taken_at", "taken_by"]
        read_only_fields = ["business_date", "members", "taken_at"]

    def create(self, validated_data: dict[str, Any]) -> SegmentSnapshot:
        by: User = validated_data["by"]
        return freeze(segment=self.context["segment"], name=validated_data["name"], by=by)
