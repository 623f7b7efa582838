"""Recording that a customer used a benefit, and taking that back within the day."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.models import Customer, Interaction
from segmentation.models import Benefit, EntitlementUse, TierPeriod
from segmentation.standards.entitlements import Claim, Entitlement, entitlements_of
from segmentation.standards.saying import quota_of

LATEST = timedelta(days=31)


@transaction.atomic
def record_use(
    *,
    customer: Customer,
    benefit: Benefit,
    used_on: date,
    channel: str,
    by: User,
    as_of: datetime,
    place: str = "",
    note: str = "",
) -> EntitlementUse:
    """`as_of` is now. Under a lock of everybody whose right it may be, so that the last one is given once. Raises RuleBroken."""
    today = timezone.localdate(as_of)
    _check_day(used_on, today)
    if benefit.channel and channel != benefit.channel:
        where = Interaction.Channel(benefit.channel).label
        raise RuleBroken(
            _("This benefit is given at one channel alone: %(where)s.") % {"where": where}, field="channel"
        )
    _lock(customer, benefit, used_on)
    claim = claim_of(entitlements_of(customer, used_on).of(benefit), benefit)
    use = EntitlementUse.objects.create(
        customer=customer,
        owner_id=claim.owner_id,
        benefit=benefit,
        used_on=used_on,
        channel=channel,
        place=place.strip(),
        note=note.strip(),
        origin=claim.origin,
        tier_id=TierPeriod.objects.filter(customer=customer).holding(used_on).values_list("tier", flat=True).first(),
        quota=claim.quota,
        period_start=claim.starts,
        period_end=claim.ends,
        by=by,
        recorded_at=as_of,
    )
    audit.record("entitlement.used", use, by=by, customer_id=customer.pk, benefit=benefit.code, used_on=str(used_on))
    return use


def claim_of(entitlement: Entitlement | None, benefit: Benefit) -> Claim:
    """The right that a use would count against. Raises RuleBroken."""
    best = entitlement.best if entitlement else None
    if best is None:
        raise RuleBroken(
            _("The customer is not entitled to “%(benefit)s” that day.") % {"benefit": benefit}, field="benefit"
        )
    if not best.is_open:
        said = {
            "benefit": benefit,
            "used": best.used,
            "quota": quota_of(best.quota, best.per),
            "day": said_day(best.ends),
        }
        raise RuleBroken(
            _("“%(benefit)s” is used up: %(used)s used, %(quota)s. The next period begins on %(day)s.") % said,
            field="benefit",
        )
    return best


def _check_day(used_on: date, today: date) -> None:
    if used_on > today:
        raise RuleBroken(_("A use that lies in the future can't be recorded."), field="used_on")
    if used_on < today - LATEST:
        raise RuleBroken(_("A use is recorded within %(days)s days.") % {"days": LATEST.days}, field="used_on")


def _lock(customer: Customer, benefit: Benefit, used_on: date) -> None:
    """In the order of their ids, so that no two wait for each other."""
    entitlement = entitlements_of(customer, used_on).of(benefit)
    owners = {customer.pk, *(claim.owner_id for claim in (entitlement.claims if entitlement else ()))}
    rows = Customer.objects.filter(pk__in=owners).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


@transaction.atomic
def undo_use(*, use: EntitlementUse, reason: str, by: User, as_of: datetime) -> EntitlementUse:
    """Take a use back on the day on which it was recorded, by a row of its own. Raises RuleBroken."""
    Customer.objects.for_change(Customer(pk=use.owner_id))
    check_undo(use, as_of)
    undone: dict[str, Any] = {
        name: getattr(use, name)
        for name in (
            "customer_id", "owner_id", "benefit_id", "used_on", "channel", "place", "origin", "tier_id", "quota",
            "period_start", "period_end",
        )
    }  # fmt: skip
    reversal = EntitlementUse.objects.create(
        **undone, counts=-1, reverses=use, note=reason.strip(), by=by, recorded_at=as_of
    )
    audit.record("entitlement.undone", reversal, by=by, customer_id=use.customer_id, use=use.pk, reason=reason)
    return reversal


def check_undo(use: EntitlementUse, as_of: datetime) -> None:
    """Raises RuleBroken."""
    if use.reverses_id is not None:
        raise RuleBroken(_("What undoes a use is not undone; record the use again instead."), field="reason")
    if EntitlementUse.objects.filter(reverses=use).exists():
        raise RuleBroken(_("This use is undone already."), field="reason")
    if timezone.localdate(use.recorded_at) != timezone.localdate(as_of):
        raise RuleBroken(_("A use is undone on the day on which it was recorded, not later."), field="reason")
