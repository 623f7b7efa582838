"""One segment, its snapshots, and what two segments have in common."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from crm.base.errors import RuleBroken
from crm.base.pages import Action, DetailPage, FormPage, Page
from crm.base.pages.access import Crumb, is_fragment
from segmentation.counting import fields_of, sample
from segmentation.decisions.views import OfCustomer
from segmentation.migration.figures import counts_all
from segmentation.models import PrimarySegment, Published, Segment, SegmentDay, SegmentMembership, SegmentSnapshot
from segmentation.rules import Purpose
from segmentation.segments.definition import Definition, readable
from segmentation.segments.overview import asked, overlap, within
from segmentation.segments.references import resolved
from segmentation.segments.saying import currencies, said_of
from segmentation.segments.snapshots import freeze
from segmentation.segments.versions import rules_on, versions_on
from segmentation.segments.views.lists import HERE
from segmentation.segments.why import segments_of

NIGHTS = 14


class SegmentPage(DetailPage):
    permission = "segments:read"
    scoped = False
    parents = HERE
    queryset = Segment.objects.all()
    context_object_name = "segment"
    template_name = "segmentation/segments/segment.html"

    def get_actions(self) -> list[Action]:
        pk = self.object.pk
        found = [Action(gettext_lazy("Members"), reverse("segment_members", args=[pk]), icon="users")]
        if self.may("segments:write"):
            found.append(Action(gettext_lazy("Freeze"), reverse("segment_freeze", args=[pk]), icon="snowflake"))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        published = Published.objects.first()
        on = published.business_date if published else timezone.localdate()
        version = versions_on(on).get(self.object.code) or self.object.versions.order_by("number").first()
        definition = readable(version.content) if version else None
        user = self.request.user
        context: dict[str, Any] = {
            "version": version,
            "definition": definition,
            "words": said_of(definition, currencies()) if definition else "",
            "versions": self.object.versions.select_related("proposal").order_by("-number"),
            "nights": SegmentDay.objects.filter(segment=self.object).order_by("-business_date")[:NIGHTS],
            "snapshots": self.object.snapshots.select_related("taken_by"),
            "members": within(SegmentMembership, user).open().filter(segment=self.object).count(),
            "primary": within(PrimarySegment, user).open().filter(segment=self.object).count(),
            "total": asked(user).count(),
            "counts_whole": counts_all(user),
            "may_list_snapshots": self.may("segment-members:read"),
            "may_change": self.may("drafts:write"),
        }
        if published and definition and not definition.is_retired:
            context |= self.sampled(definition, max(on, version.effective_from))
        return super().get_context_data(**context | kwargs)

    def sampled(self, definition: Definition, on: date) -> dict[str, Any]:
        """A few members; nothing while the rule speaks of a segment that can't be told."""
        try:
            rule = resolved(definition.rule, rules_on(on), within=(definition.code,))
        except RuleBroken:
            return {}
        return {
            "sample": sample(rule, user=self.request.user, purpose=Purpose.SEGMENT, few=5),
            "fields": fields_of(rule),
        }


class FreezeForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)


class FreezeSegment(FormPage):
    permission = "segments:write"
    title = gettext_lazy("Freeze the members")
    intro = gettext_lazy("Keeps who is in the segment now, as of the data date. Nothing of it changes afterwards.")
    form_class = FreezeForm
    submit = gettext_lazy("Freeze")
    done = gettext_lazy("The members are frozen.")

    @cached_property
    def segment(self) -> Segment:
        return get_object_or_404(Segment, pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(gettext_lazy("Segments"), reverse("segments")), Crumb(str(self.segment), self.get_success_url())]

    def get_initial(self) -> dict[str, Any]:
        published = Published.objects.first()
        return {"name": f"{self.segment} {published.business_date}" if published else str(self.segment)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)

    def perform(self, form: FreezeForm) -> SegmentSnapshot:
        return freeze(segment=self.segment, name=form.cleaned_data["name"], by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("segment", args=[self.segment.pk])


class CustomerSegments(OfCustomer):
    """Which segments a customer is in, and why. HTMX gets the panel, the browser the page around it."""

    title = gettext_lazy("Why these segments")
    reads_are_logged = True
    what = "segments"

    def get_template_names(self) -> list[str]:
        return [f"segmentation/segments/{'_why' if is_fragment(self.request) else 'why'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, as_of = segments_of(self.object)
        return super().get_context_data(segments=found, as_of=as_of, **kwargs)


class OverlapPage(Page):
    """`?a=` and `?b=` are codes of segments."""

    permission = "segments:read"
    title = gettext_lazy("Two segments compared")
    parents = HERE
    template_name = "segmentation/segments/overlap.html"

    @property
    def chosen(self) -> list[Segment | None]:
        known = {each.code: each for each in self.segments}
        return [known.get(self.request.GET.get(name, "")) for name in ("a", "b")]

    @cached_property
    def segments(self) -> QuerySet[Segment]:
        return Segment.objects.order_by("scheme", "priority", "code")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first, second = self.chosen
        found = overlap(first, second, self.request.user) if first and second else None
        choices = [("a", gettext_lazy("First segment"), first), ("b", gettext_lazy("Second segment"), second)]
        context = {"segments": self.segments, "first": first, "second": second, "overlap": found, "choices": choices}
        return super().get_context_data(**context, is_same=bool(first) and first == second, **kwargs)
