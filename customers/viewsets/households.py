from django.db.models import Prefetch, QuerySet

from crm.base.api import ScopedViewSet
from customers.filters import HouseholdFilter
from customers.models import Household, HouseholdMember
from customers.serializers.households import HouseholdSerializer, HouseholdWithTotalsSerializer


class HouseholdViewSet(ScopedViewSet):
    """Households with a member in reach. Members out of reach are counted, and not named."""

    resource = "households"
    queryset = Household.objects.all()
    serializer_class = HouseholdSerializer
    filterset_class = HouseholdFilter
    ordering_fields = {"number": "number"}
    ordering = "number"

    def get_serializer_class(self) -> type[HouseholdSerializer]:
        return HouseholdWithTotalsSerializer if self.action == "retrieve" else HouseholdSerializer

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        members = HouseholdMember.objects.select_related("customer").with_reach(self.request.user)
        return rows.prefetch_related(Prefetch("members", members))
