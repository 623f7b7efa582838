from rest_framework import serializers


class TimelineItemSerializer(serializers.Serializer):
    """`kind` says where it comes from; `why` is the address of the explanation of an automatic result."""

    at = serializers.DateTimeField()
    kind = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    meta = serializers.CharField()
    by = serializers.CharField()
    url = serializers.CharField()
    why = serializers.CharField()


class TimelineSerializer(serializers.Serializer):
    """Newest first. There is no way back: start again without `before`."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = TimelineItemSerializer(many=True)


class TimelineQuery(serializers.Serializer):
    before = serializers.DateTimeField(required=False, default=None, help_text="Only what happened before this moment.")
    kind = serializers.CharField(required=False, default="", help_text="Only what comes from this source.")
    page_size = serializers.IntegerField(required=False, default=50, min_value=1, max_value=200)
