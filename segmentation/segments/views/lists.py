"""The segments in use, and who is in them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.pages import Action, Empty, ListPage, Page
from crm.base.pages.access import Crumb, Text
from customers.models import Customer
from segmentation.checks import CODE
from segmentation.migration.figures import counts_all
from segmentation.models import SEGMENTED, PrimarySegment, Segment, SegmentMembership, SegmentSnapshot, SnapshotMember
from segmentation.segments.filters import MemberFilter
from segmentation.segments.overview import groups
from segmentation.segments.tables import MemberTable, PseudonymMemberTable, SnapshotMemberTable, UnclassifiedTable

HERE: list[tuple[Text, str]] = [(gettext_lazy("Segments"), "segments")]


BEGIN = Action(gettext_lazy("New segment"), "segment_begin", icon="plus", permission="drafts:write")
NONE = Empty(
    gettext_lazy("No segment yet"),
    gettext_lazy("A segment is a rule with a name; each night finds who joins it and who leaves."),
    icon="chart-pie",
)


class SegmentsPage(Page):
    """Scheme by scheme in the order of priority; within the reach, for an admin over the whole book."""

    permission = "segments:read"
    title = gettext_lazy("Segments")
    template_name = "segmentation/segments/segments.html"
    actions = [
        BEGIN,
        Action(gettext_lazy("Compare two"), "segment_overlap", icon="arrows-exchange", permission="segments:read"),
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = {"groups": groups(user), "counts_whole": counts_all(user), "today": timezone.localdate()}
        return super().get_context_data(**context, empty=NONE, **kwargs)


class OfSegment(ListPage):
    """A list about the segment of the address."""

    permission = "segments:read"

    @cached_property
    def segment(self) -> Segment:
        return get_object_or_404(Segment, pk=self.kwargs["pk"])

    def get_title(self) -> Text:
        return _("%(segment)s: members") % {"segment": self.segment}

    def get_crumbs(self) -> list[Crumb]:
        own = Crumb(str(self.segment), reverse("segment", args=[self.segment.pk]))
        return [Crumb(gettext_lazy("Segments"), reverse("segments")), own]


class MemberList(OfSegment):
    """By name in reach, by pseudonym for who sees no customer."""

    queryset = SegmentMembership.objects.select_related("customer__branch", "customer__manager")
    filterset_class = MemberFilter
    ordering_fields = {"since": "since"}
    ordering = "-since"
    empty = Empty(gettext_lazy("Nobody"), gettext_lazy("No customer in your reach is in this segment."), icon="users")

    @property
    def scoped(self) -> bool:  # type: ignore[override]
        return not counts_all(self.request.user)

    @property
    def table_class(self) -> Any:  # type: ignore[override]
        return MemberTable if self.scoped else PseudonymMemberTable

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(segment=self.segment)

    @cached_property
    def rows(self) -> QuerySet:
        """Who has left is found by a date alone, so that the filter is always asked."""
        return self.filterset.qs


class SnapshotMembers(ListPage):
    permission = "segment-members:read"
    queryset = SnapshotMember.objects.select_related("customer__branch")
    table_class = SnapshotMemberTable
    ordering_fields = {"since": "since"}
    ordering = "-since"
    empty = Empty(gettext_lazy("Nobody"), gettext_lazy("No customer in your reach was in it."), icon="users")

    @cached_property
    def snapshot(self) -> SegmentSnapshot:
        return get_object_or_404(SegmentSnapshot.objects.select_related("segment"), pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(snapshot=self.snapshot)

    def get_title(self) -> Text:
        return str(self.snapshot)

    def get_crumbs(self) -> list[Crumb]:
        segment = self.snapshot.segment
        return [
            Crumb(gettext_lazy("Segments"), reverse("segments")),
            Crumb(str(segment), reverse("segment", args=[segment.pk])),
        ]


class UnclassifiedList(ListPage):
    """Whom no segment of a scheme picks."""

    permission = "segment-members:read"
    parents = HERE
    queryset = Customer.objects.filter(status__in=SEGMENTED).select_related("branch", "manager")
    table_class = UnclassifiedTable
    ordering_fields = {"name": "sort_key"}
    ordering = "name"
    empty = Empty(gettext_lazy("Nobody"), gettext_lazy("Every customer in your reach is in a segment."), icon="users")

    @property
    def scheme(self) -> str:
        scheme = self.request.GET.get("scheme", Segment.MAIN)
        if not CODE.fullmatch(scheme) or not Segment.objects.filter(scheme=scheme).exists():
            raise Http404
        return scheme

    def get_title(self) -> Text:
        return _("Unclassified: %(scheme)s") % {"scheme": self.scheme}

    def get_queryset(self) -> QuerySet:
        primary = PrimarySegment.objects.open().filter(scheme=self.scheme)
        return super().get_queryset().exclude(pk__in=primary.values("customer_id"))
