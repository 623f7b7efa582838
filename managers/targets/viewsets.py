from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Changes, Creates, ScopedViewSet
from crm.base.paging import KeysetPagination
from managers.models import Target
from managers.targets.attaining import BY_NAME, Counting
from managers.targets.filters import TargetFilter
from managers.targets.serializers import TargetChangeSerializer, TargetSerializer


class CountedSerializer(serializers.Serializer):
    """`customer` is the number; null for all that is out of reach, in one line."""

    customer = serializers.CharField(allow_null=True)
    opportunity = serializers.IntegerField(allow_null=True)
    amount = serializers.DecimalField(max_digits=20, decimal_places=4)


class ByName:
    """In which order customers stand."""

    ordering_fields = BY_NAME
    ordering = "name"


class TargetViewSet(Creates, Changes, ScopedViewSet):
    """Targets of managers, teams and branches, and how far they are reached; `rows` is what counts."""

    request: Any  # of someone signed in
    resource = "targets"
    queryset = Target.objects.select_related("manager", "team", "branch", "product", "set_by")
    filterset_class = TargetFilter
    ordering_fields = {"since": "since"}
    ordering = "-since"

    def get_serializer_class(self) -> type[TargetSerializer]:
        return TargetChangeSerializer if self.action == "partial_update" else TargetSerializer

    @extend_schema(
        responses=CountedSerializer(many=True), filters=False, parameters=[OpenApiParameter("ordering", exclude=True)]
    )
    @action(detail=True)
    def rows(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page is of so many customers, by name; what is out of reach is the last line of the last page."""
        counting, pages = Counting(self.get_object(), self.request.user), KeysetPagination()
        customers = counting.lines(pages.paginate_queryset(counting.customers, request, view=ByName))
        lines: list[dict[str, Any]] = [
            {"customer": each.number, "opportunity": row["opportunity_id"], "amount": row["amount"]}
            for each in customers
            for row in counting.rows[each.pk]
        ]
        if counting.away and pages.page.next is None:
            lines.append({"customer": None, "opportunity": None, "amount": counting.away_sum})
        return pages.get_paginated_response(CountedSerializer(lines, many=True).data)
