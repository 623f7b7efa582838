from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import ScopedViewSet
from segmentation import tasks
from segmentation.filters import SimulationFilter
from segmentation.models import Simulation
from segmentation.services.simulations import open_simulation


class SimulationSerializer(serializers.ModelSerializer):
    """`effect` as `simulate --json` says it, once the status is completed."""

    status = serializers.CharField(source="run.status", read_only=True)
    message = serializers.CharField(source="run.message", read_only=True)
    rows_total = serializers.IntegerField(source="run.rows_total", read_only=True)
    rows_done = serializers.IntegerField(source="run.rows_done", read_only=True)
    effect = serializers.JSONField(source="run.result", read_only=True)

    class Meta:
        model = Simulation
        fields = [
            *("id", "business_date", "draft", "draft_hash", "is_review", "status", "message", "rows_total"),
            *("rows_done", "effect"),
        ]


class NewSimulationSerializer(serializers.Serializer):
    """`draft` is a policy file."""

    draft = serializers.JSONField()
    date = serializers.DateField(required=False, allow_null=True)


class SimulationViewSet(ScopedViewSet):
    """Drafts tried on the whole book: counts and sums, newest first."""

    resource = "simulations"
    unscoped = "a simulation is about the whole book: counts and sums, no customer"
    queryset = Simulation.objects.select_related("run")
    serializer_class = SimulationSerializer
    filterset_class = SimulationFilter
    ordering = "-"

    @extend_schema(request=NewSimulationSerializer, responses={201: SimulationSerializer})
    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Opens a simulation; the workers do it, and its address says how far they are."""
        asked = NewSimulationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = open_simulation(
            draft=asked.validated_data["draft"], day=asked.validated_data.get("date"), by=request.user
        )
        transaction.on_commit(tasks.ring)
        location = f"{request.build_absolute_uri(request.path)}{found.pk}/"
        return self.answer(self.get_serializer(found), status=201, headers={"Location": location})
