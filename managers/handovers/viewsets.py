from typing import Any

from django.utils import timezone

from crm.base.api import Creates, Deletes, ScopedViewSet
from managers.handovers.filters import HandoverFilter, LeavingFilter
from managers.handovers.leaving import call_off_leaving
from managers.handovers.serializers import HandoverSerializer, ManagerLeavingSerializer
from managers.models import Handover, Leaving


class HandoverViewSet(Creates, ScopedViewSet):
    """Customers who went from one manager to another: they follow what is assigned."""

    resource = "handovers"
    queryset = Handover.objects.select_related("customer", "giver", "receiver", "made_by").with_balance()
    serializer_class = HandoverSerializer
    filterset_class = HandoverFilter
    ordering_fields = {"handed_on": "handed_on"}
    ordering = "-handed_on"


class LeavingViewSet(Creates, Deletes, ScopedViewSet):
    """Managers who leave, and who follows them."""

    resource = "leavings"
    queryset = Leaving.objects.select_related("manager", "successor", "made_by")
    serializer_class = ManagerLeavingSerializer
    filterset_class = LeavingFilter
    ordering_fields = {"last_day": "last_day"}
    ordering = "-last_day"

    def perform_delete(self, found: Leaving, by: Any) -> None:
        call_off_leaving(leaving=found, by=by, at=timezone.now())
