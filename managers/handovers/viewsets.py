from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, Deletes, ScopedViewSet
from managers.handovers.filters import HandoverFilter, LeavingFilter
from managers.handovers.leaving import call_off_leaving
from managers.handovers.serializers import HandoverSerializer, ManagerLeavingSerializer
from managers.models import Handover, Leaving

MOST = 200
ONE_OR_SEVERAL = PolymorphicProxySerializer(
    component_name="HandoverOrSeveral",
    serializers=[HandoverSerializer, HandoverSerializer(many=True)],
    resource_type_field_name=None,
    many=False,
)


class HandoverViewSet(Creates, ScopedViewSet):
    """Customers who went from one manager to another: they follow what is assigned.

    POST takes one, or a list of up to 200 that are done as a whole: where some are refused, `errors` has a sentence for each
    by its place in the list, as in `3.receiver`, and nothing was done.
    """

    resource = "handovers"
    queryset = Handover.objects.select_related("customer", "giver", "receiver", "made_by").with_balance()
    serializer_class = HandoverSerializer
    filterset_class = HandoverFilter
    ordering_fields = {"handed_on": "handed_on"}
    ordering = "-handed_on"

    @extend_schema(request=ONE_OR_SEVERAL, responses={201: ONE_OR_SEVERAL})
    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not isinstance(request.data, list):
            return super().create(request, *args, **kwargs)
        serializer = self.get_serializer(data=request.data, many=True, allow_empty=False, max_length=MOST)
        serializer.is_valid(raise_exception=True)
        serializer.save(by=request.user)
        return Response(serializer.data, status=201)


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
