from functools import cache
from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet
from drf_spectacular.drainage import set_override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from crm.base.api import Changes, Creates, ScopedViewSet
from crm.base.permissions import allows
from customers import lists
from customers.filters import CustomerFilter
from customers.models import AttributeValue, Customer
from customers.past.reading import DISCREET, Past
from customers.past.sections import sections_of
from customers.past.serializers import AsOfQuery, AsOfSerializer
from customers.querysets.kyc import CLEARED
from customers.serializers.parties import CustomerSerializer
from customers.serializers.timeline import TimelineItemSerializer, TimelineQuery, TimelineSerializer
from customers.timeline import page_of


class CustomerViewSet(Creates, Changes, ScopedViewSet):
    resource = "customers"
    announces_reads = True
    queryset = Customer.objects.select_related(
        "branch", "manager", "contact", "merged_into", "origin__referred_by"
    ).annotate(attributes_told=AttributeValue.objects.told())
    serializer_class = CustomerSerializer
    ordering_fields = {"name": "sort_key", "number": "number"}
    ordering = "name"

    def get_queryset(self) -> QuerySet:
        """A merged record is shown to who asks for it by id or number: it names the one that stands."""
        rows = super().get_queryset()
        if self.action == "as_of":
            rows = rows.open_to(self.request.user)
        if self.action != "list" or getattr(self, "swagger_fake_view", False) or "number" in self.request.query_params:
            return rows
        return rows.unmerged()

    @property
    def filterset_class(self) -> type[FilterSet]:
        return _with_additions()

    @extend_schema(parameters=[TimelineQuery], responses=TimelineSerializer, filters=False)
    @action(detail=True, pagination_class=None)
    def timeline(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Everything that happened with the customer, newest first."""
        asked = TimelineQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        customer = self.get_object()
        limit = asked.validated_data.pop("page_size")
        items, before = page_of(customer, request.user, limit=limit, **asked.validated_data)
        self.announce(customer)
        url = request.build_absolute_uri()
        following = before and replace_query_param(url, "before", before.isoformat())
        rows = TimelineItemSerializer(items, many=True).data
        return Response({"next": following, "previous": None, "results": rows})

    @extend_schema(parameters=[AsOfQuery], responses=AsOfSerializer, filters=False)
    @action(detail=True, pagination_class=None, url_path="as-of")
    def as_of(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The record, the holdings and what else was known at the end of a past day. The tier of then is at `tier/?on=`."""
        asked = AsOfQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        if not allows(request, "accounts:read"):
            raise PermissionDenied
        past = Past(self.get_object(), asked.validated_data["on"], request.user, allows(request, CLEARED))
        sections = sections_of(past, request)
        self.announce(past.customer, sections=[name for name in DISCREET if sections[name] is not None])
        total = past.total(asked.validated_data["currency"].upper())
        found = {"day": past.day, "row": past.row, "piles": past.piles, "total": total, "is_whole": past.is_whole}
        return Response(AsOfSerializer(found | sections).data)


@cache
def _with_additions() -> type[FilterSet]:
    """The filters of the page: ours, and those that upper apps put into the slot "customer.list".

    In the schema theirs are words: their choices stand in the database, which the schema does not ask.
    """
    added = lists.filters()
    for each in added.values():
        set_override(each, "field", OpenApiTypes.STR)
    return type("CustomerFilter", (CustomerFilter,), added)
