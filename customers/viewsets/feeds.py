from crm.base.api import ScopedViewSet
from customers.models import Feed
from customers.serializers.feeds import FeedSerializer


class FeedViewSet(ScopedViewSet):
    """Through which date each feed is closed; closed by `close_feed` or on the page of feeds."""

    resource = "feeds"
    unscoped = "a feed is about the whole book: rows and control totals, no customer"
    queryset = Feed.objects.all()
    serializer_class = FeedSerializer
    ordering_fields = {"kind": "kind"}
    ordering = "kind"
