from rest_framework import serializers

from segmentation.models import ValueVersion


class ValueVersionSerializer(serializers.ModelSerializer):
    """`content` is "value" of a policy file."""

    class Meta:
        model = ValueVersion
        fields = ["id", "number", "effective_from", "content", "published_at"]
