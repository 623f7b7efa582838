from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema

from crm.base.api import Creates, ScopedViewSet
from segmentation.decisions.views import day_of
from segmentation.models import Segment, SegmentMembership, SegmentSnapshot
from segmentation.naming import NamesCustomers
from segmentation.segments.filters import MemberFilter, SegmentFilter
from segmentation.segments.serializers import MemberSerializer, SegmentSerializer, SnapshotSerializer

NO_SECRET = "a published segment is no secret inside the bank; its members are"
SEGMENT = OpenApiParameter("segment_id", OpenApiTypes.INT, OpenApiParameter.PATH)


class SegmentViewSet(ScopedViewSet):
    """What segments there are, with every version of their rules."""

    resource = "segments"
    unscoped = NO_SECRET
    queryset = Segment.objects.prefetch_related("versions")
    serializer_class = SegmentSerializer
    filterset_class = SegmentFilter
    ordering_fields = {"code": "code"}
    ordering = "code"


class OfSegment(ScopedViewSet):
    resource = "segments"

    @cached_property
    def segment(self) -> Segment:
        return get_object_or_404(Segment, pk=self.kwargs["segment_id"])

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        return rows if getattr(self, "swagger_fake_view", False) else rows.filter(segment=self.segment)


@extend_schema(parameters=[SEGMENT])
class SegmentMembers(NamesCustomers, OfSegment):
    """Who is in a segment now or, with `?on=`, was on a day: within the reach. A token needs `customers:read` too."""

    named_by = "segment-members:read"
    queryset = SegmentMembership.objects.select_related("customer")
    serializer_class = MemberSerializer
    filterset_class = MemberFilter
    ordering_fields = {"since": "since"}
    ordering = "-since"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_primary(day_of(self.request.query_params.get("on", "")))


@extend_schema(parameters=[SEGMENT])
class SegmentSnapshots(Creates, OfSegment):
    """POST freezes who is a member as of the data date."""

    unscoped = NO_SECRET
    queryset = SegmentSnapshot.objects.select_related("taken_by")
    serializer_class = SnapshotSerializer
    ordering_fields = {"taken_at": "taken_at"}
    ordering = "-taken_at"

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        return context if getattr(self, "swagger_fake_view", False) else context | {"segment": self.segment}
