"""Exceptions from a tier scheme. They reach the database by an approved proposal; the next night obeys them."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from customers.models import Customer
from segmentation.models import Tier, TierOverride
from segmentation.models.overrides import LONGEST
from segmentation.services.policies import first_due

Kind = TierOverride.Kind


def first_open_day() -> date | None:
    """The first day whose tiers no night has decided: the day after the first due one. None before the first night."""
    due = first_due()
    return due + timedelta(days=1) if due else None


@transaction.atomic
def publish_override(
    *,
    customer: Customer,
    kind: str,
    tier: Tier,
    since: date,
    until: date,
    reason: str,
    by: Any,
    proposal: Proposal | None = None,
) -> TierOverride:
    """`until` is the first day on which it no longer holds; `by` is who approved it. Raises RuleBroken."""
    customer = Customer.objects.for_change(customer)
    check_override(customer=customer, kind=kind, tier=tier, since=since, until=until, reason=reason)
    override = TierOverride.objects.create(
        customer=customer,
        kind=kind,
        tier=tier,
        since=since,
        until=until,
        reason=reason.strip(),
        proposal=proposal,
        approved_by=by if hasattr(by, "pk") else None,
    )
    said: dict[str, Any] = {
        "of": str(kind),
        "tier": tier.code,
        "since": str(since),
        "until": str(until),
        "reason": override.reason,
    }
    audit.record("tier_override.published", override, by=by, **said)
    return override


def check_override(*, customer: Customer, kind: str, tier: Tier, since: date, until: date, reason: str) -> None:
    """Raises RuleBroken beside the field that is wrong."""
    if kind not in Kind.values:
        raise RuleBroken(_("this is one of %(words)s.") % {"words": ", ".join(Kind.values)}, field="kind")
    if tier.scheme.customer_kind != customer.kind:
        raise RuleBroken(_("This tier is not of the customer's scheme."), field="tier")
    if not 1 <= len(reason.strip()) <= 500:
        raise RuleBroken(_("A reason of at most 500 characters belongs here."), field="reason")
    opens = first_open_day()
    if opens and since < opens:
        raise RuleBroken(
            _("The tiers before %(day)s are decided; an override starts then at the earliest.") % {"day": _said(opens)},
            field="since",
        )
    if until <= since:
        raise RuleBroken(_("An override must end after it starts."), field="until")
    if until > since + LONGEST:
        raise RuleBroken(_("An override holds for at most two years."), field="until")
    _check_others(customer, kind, tier, since, until)


def _check_others(customer: Customer, kind: str, tier: Tier, since: date, until: date) -> None:
    """One of a kind at a time; and nothing asks for more than a cap allows."""
    others = TierOverride.objects.filter(customer=customer).overlapping(since, until).select_related("tier")
    for other in others:
        if other.kind == kind:
            raise RuleBroken(_("An override of this kind stands for these days already."), field="since")
        is_above = other.tier.rank < tier.rank if other.kind == Kind.CAP else other.tier.rank > tier.rank
        if Kind.CAP in (kind, other.kind) and is_above:
            raise RuleBroken(_("A cap and another override contradict each other on these days."), field="tier")


@transaction.atomic
def end_override(*, override: TierOverride, on: date, by: Any, reason: str = "") -> None:
    """`on` is the first day on which it no longer holds."""
    override = TierOverride.objects.select_for_update(of=("self",), no_key=True).get(pk=override.pk)
    opens = first_open_day()
    if override.ended_at is not None or on >= override.until:
        raise RuleBroken(_("This override has ended already, or ends before that day."), field="on")
    if on < override.since or (opens and on < opens):
        raise RuleBroken(_("The tiers of that day are decided already."), field="on")
    override.ended_on, override.ended_at = on, timezone.now()
    override.ended_by = by if hasattr(by, "pk") else None
    override.save(update_fields=["ended_on", "ended_at", "ended_by"])
    audit.record("tier_override.ended", override, by=by, on=str(on), reason=reason)


def _said(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
