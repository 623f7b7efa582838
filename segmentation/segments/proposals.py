"""Segments as proposals: the content is one entry of `segments` in a policy file."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from segmentation.counting import Count
from segmentation.differences import Change, segment_changes
from segmentation.models import Published, SegmentMembership, SegmentVersion
from segmentation.segments.definition import Definition
from segmentation.segments.publishing import check
from segmentation.segments.versions import versions_on
from segmentation.services.policies import check_new, next_day, publish
from segmentation.services.publishing import Applied

SEGMENT = "segment"
NAMED = 3


def validate(content: Any) -> None:
    """By itself; whether it fits with the others depends on the day: `starts` asks that."""
    Definition.parse(content)


def examine(content: Any, on: date | None = None) -> dict[str, Count | None]:
    """How many it picks, from a day on or from the first that no night has run. Raises RuleBroken."""
    return check({SEGMENT: Definition.parse(content)}, on or next_day())


def _in_force(content: Content, on: date | None) -> SegmentVersion | None:
    return versions_on(on or next_day()).get(content.get("code", ""))


def starts(content: Content, wished: date | None) -> date | None:
    """None is the first business date that has not run when it is approved."""
    check_new(content, wished, _in_force(content, wished))
    examine(content, wished)
    return wished


def base(content: Content, effective_from: date | None) -> str:
    version = _in_force(content, effective_from)
    return f"{SEGMENT}:{content['code']}:{version.number if version else 0}"


def built_on(proposal: Proposal) -> SegmentVersion | None:
    number = int(proposal.base_version.rpartition(":")[2])
    return SegmentVersion.objects.filter(segment__code=proposal.content["code"], number=number).first()


def changes(proposal: Proposal) -> list[Change]:
    before = built_on(proposal)
    return segment_changes(before.content if before else None, proposal.content)


def details(proposal: Proposal) -> Details:
    return Details("segmentation/_changes.html", {"changes": changes(proposal), "before": built_on(proposal)})


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


def apply(proposal: Proposal, by: Any) -> Applied:
    return publish(content={"segments": [proposal.content]}, by=by, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    names = {"name": proposal.content.get("name", ""), "what": _changed(proposal)}
    if proposal.effective_from:
        said = _("Segment “%(name)s”, from %(day)s: %(what)s.")
        names["day"] = said_day(proposal.effective_from)
    else:
        said = _("Segment “%(name)s”, from the next night on: %(what)s.")
    return said % names, _effect(proposal.effect)


def _changed(proposal: Proposal) -> str:
    if built_on(proposal) is None:
        return _("the first version")
    found = [change.what for change in changes(proposal)]
    more = len(found) - NAMED
    said = "; ".join(found[:NAMED])
    return said + ngettext("; %(count)s more", "; %(count)s more", more) % {"count": more} if more > 0 else said


def _effect(effect: Effect) -> str:
    picked = effect.get("picked")
    if not isinstance(picked, int):
        return _("Whom it picks is not known yet.")
    said = ngettext("It picks %(count)s customer", "It picks %(count)s customers", picked) % {"count": f"{picked:,}"}
    return _("%(picked)s; members now: %(before)s.") % {
        "picked": said,
        "before": f"{effect.get('members_before', 0):,}",
    }


KIND = Kind(
    SEGMENT, gettext_lazy("Segment"), validate=validate, apply=apply, sentences=sentences, base=base, starts=starts,
    details=details, simulate=simulate,
)  # fmt: skip
