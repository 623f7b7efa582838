from datetime import date
from typing import Any

from django.utils.functional import cached_property
from rest_framework import serializers

from customers.feedstates import FeedState, due_date
from customers.models import Feed, FeedClosing


class FeedClosingSerializer(serializers.ModelSerializer):
    """What was announced and what was there; null where nothing was announced."""

    by = serializers.CharField(source="by_label")

    class Meta:
        model = FeedClosing
        fields = ["through", "rows", "received_rows", "total", "received_total", "closed_at", "by"]


class FeedSerializer(serializers.ModelSerializer):
    """`standing` is `in_time`, `late` or `never`, against the next business date that is due; `closings` the newest 20."""

    standing = serializers.SerializerMethodField()
    closings = serializers.SerializerMethodField()

    class Meta:
        model = Feed
        fields = ["id", "kind", "closed_through", "standing", "closings"]

    def get_standing(self, feed: Feed) -> str:
        return FeedState(feed.kind, feed, None, self.due).standing

    @cached_property
    def due(self) -> date | None:
        """Asked once: a list has one serializer for all of its rows."""
        return due_date()

    def get_closings(self, feed: Feed) -> list[dict[str, Any]]:
        return list(FeedClosingSerializer(feed.closings.order_by("-closed_at")[:20], many=True).data)
