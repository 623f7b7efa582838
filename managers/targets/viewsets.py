from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Changes, Creates, ScopedViewSet
from customers.models import Customer
from managers.models import Target
from managers.targets.attaining import counted
from managers.targets.filters import TargetFilter
from managers.targets.serializers import TargetChangeSerializer, TargetSerializer


class CountedSerializer(serializers.Serializer):
    """`customer` is the number; null for all that is out of reach, in one line."""

    customer = serializers.CharField(allow_null=True)
    opportunity = serializers.IntegerField(allow_null=True)
    amount = serializers.DecimalField(max_digits=20, decimal_places=4)


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

    @extend_schema(responses=CountedSerializer(many=True), filters=False)
    @action(detail=True)
    def rows(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = counted([self.get_object()])
        seen = Customer.objects.open_to(self.request.user).in_bulk({row["customer_id"] for row in found})
        lines = [
            {"customer": seen[row["customer_id"]].number, "opportunity": row["opportunity_id"], "amount": row["amount"]}
            for row in found
            if row["customer_id"] in seen
        ]
        if away := [row["amount"] for row in found if row["customer_id"] not in seen]:
            lines.append({"customer": None, "opportunity": None, "amount": sum(away)})
        return Response({"results": CountedSerializer(lines, many=True).data})
