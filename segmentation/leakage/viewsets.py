from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from segmentation import tasks
from segmentation.leakage.filters import LeakFilter
from segmentation.leakage.serializers import CheckSerializer, LeakSerializer
from segmentation.models import Leak, WaiverCheck
from segmentation.naming import NamesCustomers


class WaiverCheckViewSet(Creates, ScopedViewSet):
    """Checks of the ledger, newest first. POST opens one; the workers do it, and its address says how far they are."""

    resource = "waiver-checks"
    unscoped = "a check is about the whole book: counts and sums, no customer"
    queryset = WaiverCheck.objects.select_related("run", "policy")
    serializer_class = CheckSerializer
    ordering = "-"

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().create(request, *args, **kwargs)
        transaction.on_commit(tasks.ring)
        return response


@extend_schema(parameters=[OpenApiParameter("check_id", OpenApiTypes.INT, OpenApiParameter.PATH)])
class LeakViewSet(NamesCustomers, ScopedViewSet):
    """The charges of a check that leak, within the reach."""

    resource = "waiver-checks"
    named_by = "leaks:read"
    queryset = Leak.objects.select_related("customer", "charge", "tier")
    serializer_class = LeakSerializer
    filterset_class = LeakFilter
    ordering_fields = {"charged_on": "charged_on"}
    ordering = "-charged_on"

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        return rows.filter(waiver_check=get_object_or_404(WaiverCheck, pk=self.kwargs["check_id"]))
