"""Entries of the waiver ledger that a person asked for and another one approved: waivers by hand, and reversals."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.money import minor_unit
from customers.models import Customer, FeeCharge
from customers.portfolio import payer_of
from segmentation.models import Posting, Published, Tier, TierPeriod, WaiverEntry
from segmentation.rules.sentences import money

SHARE = Decimal("0.0001")


def check_waiver(*, charge: FeeCharge, customer: Customer, amount: Decimal) -> Tier:
    """The tier that the entry names: that of the day of the fee, else the present one. Raises RuleBroken."""
    currency = charge.account.currency
    if payer_of(charge.account) != customer:
        raise RuleBroken(_("This fee is not the customer's."), field="charge")
    if amount <= 0 or amount != round(amount, minor_unit(currency)):
        raise RuleBroken(_("An amount of more than 0 in the digits of the currency belongs here."), field="amount")
    left = charge.amount - charge.waived
    if amount > left:
        raise RuleBroken(_("%(left)s of this fee are left to waive.") % {"left": money(left, currency)}, field="amount")
    periods = TierPeriod.objects.filter(customer=customer).select_related("tier")
    period = periods.holding(charge.charged_on).first() or periods.open().first()
    if period is None:
        raise RuleBroken(_("The customer has no tier yet; the first night gives one."), field="charge")
    return period.tier


@transaction.atomic
def waive_by_hand(
    *, charge: FeeCharge, customer: Customer, amount: Decimal, reason: str, by: Any, proposal: Proposal
) -> WaiverEntry:
    """`by` is who approved it. Raises RuleBroken."""
    number = _next_number()
    charge = _locked(charge.pk)
    tier = check_waiver(charge=charge, customer=customer, amount=amount)
    entry = WaiverEntry.objects.create(
        number=number,
        customer=customer,
        account=charge.account,
        charge=charge,
        fee_code=charge.fee.code,
        charged_on=charge.charged_on,
        tier=tier,
        percent=(amount / charge.amount).quantize(SHARE, ROUND_HALF_UP),
        amount=charge.amount,
        waived=amount,
        currency=charge.account.currency,
        business_date=_data_date(),
        reason=reason,
        proposal=proposal,
    )
    FeeCharge.objects.filter(pk=charge.pk).update(waived=F("waived") + amount)
    audit.record("waiver.granted", entry, by=by, charge=charge.number, waived=str(amount), reason=reason)
    return entry


def check_reversal(entry: WaiverEntry) -> None:
    """Raises RuleBroken."""
    if entry.reverses_id is not None:
        raise RuleBroken(_("A reversal is not reversed; waive again instead."), field="entry")
    if entry.reversals.exists():
        raise RuleBroken(_("This entry is reversed already."), field="entry")
    posting = Posting.objects.filter(entry=entry).first()
    if posting and posting.state == Posting.State.OPEN:
        raise RuleBroken(_("The core has not answered yet; then it can be taken back."), field="entry")
    if not entry.waived:
        raise RuleBroken(_("Nothing was waived by this entry."), field="entry")


@transaction.atomic
def reverse(*, entry: WaiverEntry, reason: str, by: Any, proposal: Proposal) -> WaiverEntry:
    """Take back all of an entry, by an entry of its own. `by` is who approved it. Raises RuleBroken."""
    number = _next_number()
    charge = _locked(entry.charge_id)
    check_reversal(entry)
    reversal = WaiverEntry.objects.create(
        number=number,
        customer_id=entry.customer_id,
        account_id=entry.account_id,
        charge=charge,
        fee_code=entry.fee_code,
        charged_on=entry.charged_on,
        tier_id=entry.tier_id,
        line_id=entry.line_id,
        exemption=entry.exemption,
        percent=entry.percent,
        amount=entry.amount,
        waived=-entry.waived,
        currency=entry.currency,
        business_date=_data_date(),
        reverses=entry,
        reason=reason,
        proposal=proposal,
    )
    FeeCharge.objects.filter(pk=charge.pk).update(waived=F("waived") - entry.waived)
    audit.record("waiver.reversed", reversal, by=by, entry=entry.number, waived=str(reversal.waived), reason=reason)
    return reversal


def _next_number() -> int:
    """Under the lock of the ledger, which a night that publishes holds too: numbers have no gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('waiver ledger'))")
    return (WaiverEntry.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _locked(pk: int) -> FeeCharge:
    rows = FeeCharge.objects.select_related("account", "fee")
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk").get(pk=pk)


def _data_date() -> Any:
    published = Published.objects.first()
    return published.business_date if published else timezone.localdate()
