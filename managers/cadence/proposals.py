"""The contact plan as a proposal: an admin says it, somebody else approves it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from managers import tasks
from managers.cadence.plan import Plan, plan_of, refuse_unknown
from managers.cadence.publishing import publish_plan
from managers.models import ContactPlan
from segmentation.differences import Change, changes_of
from segmentation.models import TierPeriod
from segmentation.versioned import Daily

CONTACT_PLAN = "contact_plan"


def validate(content: Any) -> None:
    refuse_unknown(Plan.parse(content))


def plan_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    return changes_of(*(_said_of(content) if content else {} for content in (before, after)))


def _said_of(content: Mapping[str, Any]) -> dict[Any, tuple[str, str]]:
    plan = plan_of(content)
    found: dict[Any, tuple[str, str]] = {line.tier: (line.tier, line.said) for line in plan.lines}
    return found | {
        ("doubled",): (_("After another manager took over, twice as often"), _days(plan.doubled_days)),
        ("late",): (_("Logged late after"), _days(plan.late_days)),
    }


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


PLANNED = Daily(
    CONTACT_PLAN,
    in_force=lambda _content, day: ContactPlan.objects.in_force(day),
    versions=lambda _content: ContactPlan.objects.all(),
    differ=plan_changes,
    past=gettext_lazy("A plan takes effect today or later."),
)


def simulate(content: Content) -> Effect:
    """How many customers stand in its tiers."""
    tiers = [line.tier for line in Plan.parse(content).lines]
    return {"customers": TierPeriod.objects.open().of_standing().filter(tier__code__in=tiers).count()}


def apply(proposal: Proposal, by: Any) -> ContactPlan:
    transaction.on_commit(tasks.ring_book)
    return publish_plan(content=proposal.content, by=by, day=PLANNED.day_of(proposal), proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Contact plan, from %(day)s: %(what)s.")
    at_once = _("Contact plan, from its approval on: %(what)s.")
    count = proposal.effect.get("customers", 0)
    said = ngettext("%(count)s customer stands in its tiers.", "%(count)s customers stand in its tiers.", count)
    return PLANNED.said(proposal, dated=dated, at_once=at_once), said % {"count": f"{count:,}"}


KIND = replace(
    PLANNED.proposed(gettext_lazy("Contact plan"), validate=validate, sentences=sentences, simulate=simulate),
    apply=apply,
)  # fmt: skip
