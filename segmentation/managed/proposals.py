"""The assignment policy as a proposal: the content is the value of `assignment_policy` in a policy file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from segmentation.differences import Change, changes_of
from segmentation.managed.definition import PATH, Assigning
from segmentation.managed.picking import counts_of
from segmentation.managed.publishing import check_known
from segmentation.managed.saying import said_parts
from segmentation.managed.versions import STANDARD, version_on
from segmentation.models import AssignmentPolicy, Published
from segmentation.services.policies import next_day
from segmentation.versioned import Versioned, was_approved


def was_published() -> bool:
    """From then on the policy changes by proposal alone."""
    return was_approved(PATH)


def validate(content: Any) -> None:
    Assigning.parse(content)


def examine(content: Any, on: date | None = None) -> None:
    """Whether it can be published from a day on, or from the first that no night has run. Raises RuleBroken."""
    check_known(Assigning.parse(content), on or next_day())


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    return changes_of(*(said_parts(content) if content else {} for content in (before, after)))


POLICY = Versioned(
    PATH,
    in_force=lambda _content, day: version_on(day),
    versions=lambda _content: AssignmentPolicy.objects.all(),
    differ=changes,
    fits=examine,
)


def simulate(content: Content) -> Effect:
    """How many customers would have a manager by right at the data date, and how many do."""
    published = Published.objects.first()
    if published is None:
        return {}
    version = POLICY.current(content)
    try:
        after = counts_of(Assigning.parse(content))
        before = counts_of(Assigning.parse(version.content if version else STANDARD))
    except RuleBroken:  # it speaks of a segment that begins later
        return {}
    return {
        "managed_before": sum(row["customers"] for row in before),
        "managed_after": sum(row["customers"] for row in after),
        "load_after": sum(row["load"] for row in after),
        "data_date": str(published.business_date),
    }


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Assignment policy, from %(day)s: %(what)s.")
    at_once = _("Assignment policy, from the next night on: %(what)s.")
    return POLICY.said(proposal, dated=dated, at_once=at_once), _effect(proposal.effect)


def _effect(effect: Effect) -> str:
    before, after = effect.get("managed_before"), effect.get("managed_after")
    if not isinstance(before, int) or not isinstance(after, int):
        return _("Whom it concerns is not known yet.")
    said = ngettext("%(count)s customer is to have a manager", "%(count)s customers are to have a manager", after)
    return _("%(holders)s; before: %(before)s.") % {"holders": said % {"count": f"{after:,}"}, "before": f"{before:,}"}


KIND = POLICY.proposed(gettext_lazy("Assignment policy"), validate=validate, sentences=sentences, simulate=simulate)
