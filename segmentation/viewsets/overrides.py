from crm.base.api import ScopedViewSet
from segmentation.filters import TierOverrideFilter
from segmentation.models import TierOverride
from segmentation.serializers import TierOverrideSerializer


class TierOverrideViewSet(ScopedViewSet):
    """Exceptions from the tier schemes, newest first. One is asked for as a proposal of the kind `tier_override`."""

    resource = "tier-overrides"
    queryset = TierOverride.objects.select_related("customer", "tier", "approved_by")
    serializer_class = TierOverrideSerializer
    filterset_class = TierOverrideFilter
    ordering_fields = {"since": "since"}
    ordering = "-since"
