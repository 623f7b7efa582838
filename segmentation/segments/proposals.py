"""Segments as proposals: the content is one entry of `segments` in a policy file."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from segmentation.counting import Count
from segmentation.differences import segment_changes
from segmentation.models import Published, SegmentMembership, SegmentVersion
from segmentation.segments.definition import Definition
from segmentation.segments.publishing import check
from segmentation.segments.versions import versions_on
from segmentation.services.policies import next_day
from segmentation.versioned import Versioned

SEGMENT = "segment"


def validate(content: Any) -> None:
    """By itself; whether it fits with the others depends on the day: `starts` asks that."""
    Definition.parse(content)


def examine(content: Any, on: date | None = None) -> dict[str, Count | None]:
    """How many it picks, from a day on or from the first that no night has run. Raises RuleBroken."""
    return check({SEGMENT: Definition.parse(content)}, on or next_day())


VERSIONED = Versioned(
    SEGMENT,
    in_force=lambda content, day: versions_on(day).get(content.get("code", "")),
    versions=lambda content: SegmentVersion.objects.filter(segment__code=content["code"]),
    differ=segment_changes,
    key="code",
    listed="segments",
    fits=examine,
)


def simulate(content: Content) -> Effect:
    """How many the rule picks by the published figures, and how many members there are now."""
    published = Published.objects.first()
    if published is None:
        return {}
    definition = Definition.parse(content)
    members = SegmentMembership.objects.open().filter(segment__code=definition.code).count()
    effect = {"members_before": members, "data_date": str(published.business_date)}
    if definition.is_retired:
        return effect | {"picked": 0}
    try:
        found = examine(content).get(definition.code)
    except RuleBroken:  # it speaks of a segment that begins later
        return effect
    return effect | ({"picked": found.picked, "customers": found.asked} if found else {})


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Segment “%(name)s”, from %(day)s: %(what)s.")
    at_once = _("Segment “%(name)s”, from the next night on: %(what)s.")
    name = proposal.content.get("name", "")
    return VERSIONED.said(proposal, dated=dated, at_once=at_once, name=name), _effect(proposal.effect)


def _effect(effect: Effect) -> str:
    picked = effect.get("picked")
    if not isinstance(picked, int):
        return _("Whom it picks is not known yet.")
    said = ngettext("It picks %(count)s customer", "It picks %(count)s customers", picked) % {"count": f"{picked:,}"}
    return _("%(picked)s; members now: %(before)s.") % {
        "picked": said,
        "before": f"{effect.get('members_before', 0):,}",
    }


KIND = VERSIONED.proposed(gettext_lazy("Segment"), validate=validate, sentences=sentences, simulate=simulate)
