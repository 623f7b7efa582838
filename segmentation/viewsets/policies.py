from crm.base.api import ScopedViewSet
from segmentation.filters import TierFilter, TierSchemeFilter, WaiverPolicyFilter
from segmentation.models import Tier, TierScheme, WaiverPolicy
from segmentation.serializers import TierSchemeSerializer, TierSerializer, WaiverPolicySerializer

NO_SECRET = "a published policy is no secret inside the bank"


class TierSchemeViewSet(ScopedViewSet):
    resource = "tier-schemes"
    unscoped = NO_SECRET
    queryset = TierScheme.objects.prefetch_related("versions")
    serializer_class = TierSchemeSerializer
    filterset_class = TierSchemeFilter


class TierViewSet(ScopedViewSet):
    """From the lowest to the highest of each scheme."""

    resource = "tiers"
    unscoped = NO_SECRET
    queryset = Tier.objects.select_related("scheme")
    serializer_class = TierSerializer
    filterset_class = TierFilter
    ordering_fields = {"rank": ("scheme_id", "rank")}
    ordering = "rank"


class WaiverPolicyViewSet(ScopedViewSet):
    resource = "waiver-policies"
    unscoped = NO_SECRET
    queryset = WaiverPolicy.objects.prefetch_related("lines")
    serializer_class = WaiverPolicySerializer
    filterset_class = WaiverPolicyFilter
    ordering_fields = {"effective_from": "effective_from"}
    ordering = "-effective_from"
