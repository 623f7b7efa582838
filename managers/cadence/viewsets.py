from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import ScopedViewSet
from managers.cadence.filters import DueContactFilter
from managers.cadence.report import BYS, report
from managers.cadence.serializers import CadenceLineSerializer, ContactPlanSerializer, DueContactSerializer
from managers.models import ContactPlan, DueContact

PER = OpenApiParameter("by", enum=list(BYS), description="manager without it")


class CadenceViewSet(ScopedViewSet):
    """With whom a contact is due, the first first."""

    resource = "cadence"
    queryset = DueContact.objects.select_related("customer__manager", "tier")
    serializer_class = DueContactSerializer
    filterset_class = DueContactFilter
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"

    @extend_schema(parameters=[PER], responses=CadenceLineSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def report(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """How the plan is kept, per manager, branch or tier, of the rows that the filters leave."""
        by = BYS.get(request.query_params.get("by", ""), BYS["manager"])
        rows = self.filter_queryset(self.get_queryset().select_related(None))
        return Response(CadenceLineSerializer(report(rows, by, on=timezone.localdate()), many=True).data)


class ContactPlanViewSet(ScopedViewSet):
    """The versions of the contact plan, the newest first. A change is a proposal of kind `contact_plan`."""

    resource = "contact-plans"
    unscoped = "belongs to no customer"
    queryset = ContactPlan.objects.select_related("published_by")
    serializer_class = ContactPlanSerializer
    ordering_fields = {"number": "number"}
    ordering = "-number"
