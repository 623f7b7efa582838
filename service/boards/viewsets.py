from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import ScopedView
from service.boards.figures import FIGURES
from service.boards.filters import BoardFilter
from service.boards.report import BYS, board, minutes
from service.models import Ticket

PER = OpenApiParameter("by", enum=list(BYS), description="tier without it")


class BoardLineSerializer(serializers.Serializer):
    """`key` is "" for those without. `p50` and `p90` are minutes from opening to the last solution, `share` is in percent."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field named label
    share = serializers.IntegerField(allow_null=True)
    p50 = serializers.SerializerMethodField()
    p90 = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {name: serializers.IntegerField() for name in FIGURES}

    def get_p50(self, line: dict[str, Any]) -> int | None:
        return minutes(line["p50"])

    def get_p90(self, line: dict[str, Any]) -> int | None:
        return minutes(line["p90"])


class BoardSerializer(serializers.Serializer):
    """Whole days, both ends included; what stands there is as of `as_of`."""

    by = serializers.CharField()
    since = serializers.DateField(source="span.since")
    through = serializers.DateField(source="span.through")
    as_of = serializers.DateTimeField(source="span.ends")
    lines = BoardLineSerializer(many=True)
    total = BoardLineSerializer()


class BoardViewSet(ScopedView):
    """How the service desk does, over the last thirty days where nothing else is asked; `tickets/?figure=` lists what a figure counts."""

    resource = "ticket-boards"
    queryset = Ticket.objects.all()
    filterset_class = BoardFilter
    pagination_class = None
    serializer_class = BoardSerializer
    request: Any  # of someone signed in

    @extend_schema(parameters=[PER], responses=BoardSerializer)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        by = request.query_params.get("by", "")
        rows = self.filter_queryset(self.get_queryset())
        span = BoardFilter(request.query_params, queryset=rows, request=request).span
        return Response(BoardSerializer(board(rows.with_tier(), by if by in BYS else "tier", span)).data)
