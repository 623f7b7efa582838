from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Private
from crm.base.serializers import Money
from segmentation.reconciliation.services import data_month, lines


class ReconciledSerializer(serializers.Serializer):
    """gross = net + waived; waived = posted + refused + open + settled + unsent."""

    fee = serializers.CharField(source="fee_code")
    branch = serializers.CharField(source="branch_code")
    currency = serializers.CharField()
    charges = serializers.IntegerField()
    gross = Money()
    waived = Money()
    net = Money()
    posted = Money()
    refused = Money()
    open = Money()
    settled = Money()
    unsent = Money()
    differences = serializers.IntegerField()
    balances = serializers.BooleanField()


class WaiverReconciliation(Private):
    """The ledger against the fee feed in a month, per fee, branch and currency, within the reach."""

    resource = "waiver-reconciliation"

    @extend_schema(
        parameters=[
            OpenApiParameter("month", OpenApiTypes.STR, description="2026-03; without it that of the data date")
        ],
        responses=ReconciledSerializer(many=True),
    )
    def get(self, request: Request, **kwargs: Any) -> Response:
        written = request.query_params.get("month")
        try:
            month = date.fromisoformat(f"{written}-01") if written else data_month()
        except ValueError:
            raise ValidationError({"month": [_("A month belongs here, such as 2026-03.")]}) from None
        return Response(ReconciledSerializer(lines(month, request.user), many=True).data)
