from segmentation.segments.views.begin import SegmentBegin
from segmentation.segments.views.lists import MemberList, SegmentsPage, SnapshotMembers, UnclassifiedList
from segmentation.segments.views.segment import CustomerSegments, FreezeSegment, OverlapPage, SegmentPage

__all__ = [
    "CustomerSegments",
    "FreezeSegment",
    "MemberList",
    "OverlapPage",
    "SegmentBegin",
    "SegmentPage",
    "SegmentsPage",
    "SnapshotMembers",
    "UnclassifiedList",
]
