from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.mixins import ListModelMixin

from crm.base.api import ScopedView, ScopedViewSet
from customers.models import Customer
from segmentation.filters import TierDecisionFilter, TierPeriodFilter, WaiverFilter
from segmentation.models import TierDecision, TierPeriod, WaiverEntry
from segmentation.serializers import TierDecisionSerializer, TierPeriodSerializer, WaiverSerializer


class TierPeriodViewSet(ScopedViewSet):
    resource = "tier-periods"
    queryset = TierPeriod.objects.select_related("customer", "tier", "scheme_version")
    serializer_class = TierPeriodSerializer
    filterset_class = TierPeriodFilter


class WaiverViewSet(ScopedViewSet):
    """The append-only ledger, newest entry first; `{id}` is the number of the entry."""

    resource = "waivers"
    queryset = WaiverEntry.objects.select_related("customer", "account", "tier")
    serializer_class = WaiverSerializer
    filterset_class = WaiverFilter
    ordering_fields = {"charged_on": "charged_on", "entry": "number"}
    ordering = "-entry"


@extend_schema(parameters=[OpenApiParameter("customer_id", OpenApiTypes.INT, OpenApiParameter.PATH)])
class DecisionViewSet(ListModelMixin, ScopedView):
    """Every published decision about a customer's tier, newest first."""

    resource = "customers"
    queryset = TierDecision.objects.published().select_related(
        "customer", "tier_before", "tier_after", "scheme_version"
    )
    serializer_class = TierDecisionSerializer
    filterset_class = TierDecisionFilter
    ordering_fields = {"business_date": "business_date"}
    ordering = "-business_date"

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        customer = get_object_or_404(Customer.objects.visible_to(self.request.user), pk=self.kwargs["customer_id"])
        self.announce(customer)
        return rows.filter(customer=customer)
