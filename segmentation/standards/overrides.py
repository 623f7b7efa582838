"""Exceptions from the service standards. They reach the database by an approved proposal."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from customers.models import Customer
from segmentation.models import Benefit, EntitlementOverride
from segmentation.models.entitlements import LONGEST
from segmentation.standards.definition import MAX_QUOTA
from segmentation.standards.periods import Period

Kind = EntitlementOverride.Kind


@transaction.atomic
def publish_entitlement_override(
    *,
    customer: Customer,
    benefit: Benefit,
    kind: str,
    quota: int | None,
    per: str,
    since: date,
    until: date,
    reason: str,
    by: Any,
    proposal: Proposal,
) -> EntitlementOverride:
    """`until` is the first day on which it no longer holds; `by` is who approved it. Raises RuleBroken."""
    customer = Customer.objects.for_change(customer)
    check_override(customer=customer, benefit=benefit, kind=kind, quota=quota, per=per, since=since, until=until)
    override = EntitlementOverride.objects.create(
        customer=customer,
        benefit=benefit,
        kind=kind,
        quota=quota,
        per=per,
        since=since,
        until=until,
        reason=reason.strip(),
        proposal=proposal,
        approved_by=by,
    )
    said = {"of": kind, "benefit": benefit.code, "since": str(since), "until": str(until), "reason": override.reason}
    audit.record("entitlement_override.published", override, by=by, customer_id=customer.pk, **said)
    return override


def check_override(
    *, customer: Customer, benefit: Benefit, kind: str, quota: int | None, per: str, since: date, until: date
) -> None:
    """Raises RuleBroken beside the field that is wrong."""
    if kind not in Kind.values:
        raise RuleBroken(_("this is one of %(words)s.") % {"words": ", ".join(Kind.values)}, field="kind")
    if per and per not in Period.values:
        raise RuleBroken(_("this is one of %(words)s.") % {"words": ", ".join(Period.values)}, field="per")
    if kind == Kind.WITHDRAWAL and (quota or per):
        raise RuleBroken(_("What is taken away has no quota."), field="quota")
    if (quota is None) != (per == ""):
        field = "per" if quota is not None else "quota"
        raise RuleBroken(_("how often and in which period are said together, or neither."), field=field)
    if quota is not None and not 1 <= quota <= MAX_QUOTA:
        raise RuleBroken(_("a whole number from 1 to %(most)s belongs here.") % {"most": MAX_QUOTA}, field="quota")
    if until <= since:
        raise RuleBroken(_("An override must end after it starts."), field="until")
    if until > since + LONGEST:
        raise RuleBroken(_("An override holds for at most two years."), field="until")
    others = EntitlementOverride.objects.filter(customer=customer, benefit=benefit)
    if others.overlapping(since, until).exists():
        raise RuleBroken(_("An override of this benefit stands for these days already."), field="since")


@transaction.atomic
def end_entitlement_override(*, override: EntitlementOverride, on: date, by: Any, reason: str = "") -> None:
    """`on` is the first day on which it no longer holds. Raises RuleBroken."""
    override = EntitlementOverride.objects.select_for_update(of=("self",), no_key=True).get(pk=override.pk)
    check_end(override, on)
    override.ended_on, override.ended_by = on, by
    override.save(update_fields=["ended_on", "ended_by"])
    audit.record(
        "entitlement_override.ended", override, by=by, customer_id=override.customer_id, on=str(on), reason=reason
    )


def check_end(override: EntitlementOverride, on: date) -> None:
    """Raises RuleBroken."""
    if override.ended_on is not None or on >= override.until:
        raise RuleBroken(_("This override has ended already, or ends before that day."), field="on")
    if on < override.since:
        raise RuleBroken(_("An override can't end before it starts."), field="on")
