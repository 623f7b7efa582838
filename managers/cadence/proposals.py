"""The contact plan as a proposal: an admin says it, somebody else approves it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from managers import tasks
from managers.cadence.plan import Plan, plan_of, refuse_unknown
from managers.cadence.publishing import publish_plan
from managers.models import ContactPlan
from segmentation.differences import Change, changes_of
from segmentation.models import TierPeriod
from segmentation.versioned import Versioned

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


PLANNED = Versioned(
    CONTACT_PLAN,
    in_force=lambda _content, day: ContactPlan.objects.in_force(day),
    versions=lambda _content: ContactPlan.objects.all(),
    differ=plan_changes,
)


def starts(content: Content, wished: date | None) -> date | None:
    """Nights have no part in it: any day to come, None being that of the approval."""
    today = timezone.localdate()
    if wished is not None and wished < today:
        raise RuleBroken(_("A plan takes effect today or later."), field="effective_from")
    current = ContactPlan.objects.in_force(wished or today)
    if current and current.content_hash == digest(content):
        raise RuleBroken(_("This is in force already."), field="content")
    return wished


def simulate(content: Content) -> Effect:
    """How many customers stand in its tiers."""
    tiers = [line.tier for line in Plan.parse(content).lines]
    return {"customers": TierPeriod.objects.open().of_standing().filter(tier__code__in=tiers).count()}


def apply(proposal: Proposal, by: Any) -> ContactPlan:
    """One that is approved late begins late: what it asks was not asked before."""
    today = timezone.localdate(proposal.decided_at)
    day = max(proposal.effective_from or today, today)
    transaction.on_commit(tasks.ring_book)
    return publish_plan(content=proposal.content, by=by, day=day, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Contact plan, from %(day)s: %(what)s.")
    at_once = _("Contact plan, from its approval on: %(what)s.")
    count = proposal.effect.get("customers", 0)
    said = ngettext("%(count)s customer stands in its tiers.", "%(count)s customers stand in its tiers.", count)
    return PLANNED.said(proposal, dated=dated, at_once=at_once), said % {"count": f"{count:,}"}


def base(content: Content, effective_from: date | None) -> str:
    version = ContactPlan.objects.in_force(effective_from or timezone.localdate())
    return f"{CONTACT_PLAN}:{version.number if version else 0}"


KIND = replace(
    PLANNED.proposed(gettext_lazy("Contact plan"), validate=validate, sentences=sentences, simulate=simulate),
    apply=apply, base=base, starts=starts,
)  # fmt: skip
