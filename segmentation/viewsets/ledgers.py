from crm.base.api import ScopedViewSet
from segmentation.filters import TierPeriodFilter, WaiverFilter
from segmentation.models import TierPeriod, WaiverEntry
from segmentation.serializers import TierPeriodSerializer, WaiverSerializer


class TierPeriodViewSet(ScopedViewSet):
    resource = "tier-periods"
    queryset = TierPeriod.objects.select_related("customer", "tier", "scheme_version")
    serializer_class = TierPeriodSerializer
    filterset_class = TierPeriodFilter


class WaiverViewSet(ScopedViewSet):
    """The append-only ledger, newest entry first; `{id}` is the number of the entry."""

    resource = "waivers"
    queryset = WaiverEntry.objects.select_related("customer", "account", "tier", "posting")
    serializer_class = WaiverSerializer
    filterset_class = WaiverFilter
    ordering_fields = {"charged_on": "charged_on", "entry": "number"}
    ordering = "-entry"
