from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Private
from crm.base.serializers import Money
from segmentation.filters import WaiverFilter
from segmentation.models import WaiverEntry
from segmentation.sums import totals


class WaiverTotalSerializer(serializers.Serializer):
    """`reversed` is below zero: net = waived + reversed, the sum of what the same filter lists."""

    currency = serializers.CharField()
    entries = serializers.IntegerField()
    waived = Money()
    reversed = Money()
    net = Money()


class WaiverTotals(Private):
    """What the entries come to that `waivers/` lists under the same filter, per currency, within the reach."""

    resource = "waivers"

    @extend_schema(responses=WaiverTotalSerializer(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        rows = WaiverEntry.objects.visible_to(request.user)
        asked = WaiverFilter(request.query_params, queryset=rows, request=request)
        if not asked.is_valid():
            raise ValidationError(asked.errors)
        return Response(WaiverTotalSerializer(totals(asked.qs), many=True).data)
