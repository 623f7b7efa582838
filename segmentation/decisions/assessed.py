"""What a night found of each fee charge, put together from the ledger and from what never changes.

A charge of which nothing was waived has no entry; its tier, policy and line follow from the tier periods and from the
policy versions that its night had pinned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from crm.base.money import rounded
from crm.jobs.models import Run
from customers.models import Customer, FeeCharge
from customers.portfolio import charged_to
from segmentation.models import Tier, TierPeriod, WaiverEntry, WaiverLine, WaiverPolicy

REASONS = {
    "no_tier": _("The customer had no tier on that day."),
    "no_policy": _("No waiver policy was in force on that day."),
    "no_exemption": _("None of the exemptions from the small-balance fee held."),
    "no_line": _("The policy has no line for this tier and fee."),
    "condition": _("The condition of the line was not met."),
    "cap": _("The cap of the month was used up."),
    "nothing": _("The share rounds to nothing."),
    "by_hand": _("All of it had been waived by hand before."),
}


@dataclass(frozen=True)
class Assessed:
    """A charge and what became of it. `used` is what the policy's entries of the month for the fee come to; `entry` the
    night's own; `by_hand` what people had waived before that night."""

    charge: FeeCharge
    entry: WaiverEntry | None
    tier: Tier | None
    policy: WaiverPolicy | None
    line: WaiverLine | None
    used: Decimal
    by_hand: Decimal = Decimal(0)

    @property
    def currency(self) -> str:
        return self.charge.account.currency

    @property
    def waived(self) -> Decimal:
        return self.entry.waived if self.entry else Decimal(0)

    @property
    def share(self) -> Decimal:
        """The line's percent of the amount, before any cap."""
        return rounded(self.charge.amount * self.line.percent, self.currency) if self.line else Decimal(0)

    @property
    def offered(self) -> Decimal:
        """The share within the cap of one fee."""
        cap = self.line.cap_per_fee if self.line else None
        return self.share if cap is None else min(self.share, cap)

    @property
    def is_capped_by_month(self) -> bool:
        cap = self.line.cap_per_month if self.line else None
        offered = min(self.offered, self.charge.amount - self.by_hand)
        return cap is not None and self.waived < offered and (self.entry is not None or self.used >= cap)

    @property
    def is_small_balance(self) -> bool:
        part = self.policy.content.get("small_balance") if self.policy else None
        return part is not None and part["fee"] == self.charge.fee.code

    @cached_property
    def reason(self) -> str:
        """Why nothing was waived; empty where something was."""
        if self.entry:
            return ""
        if self.tier is None:
            return "no_tier"
        if self.policy is None:
            return "no_policy"
        if self.line is None:
            return "no_exemption" if self.is_small_balance else "no_line"
        if not self.offered:
            return "nothing"
        if self.by_hand >= self.charge.amount:
            return "by_hand"
        return "cap" if self.is_capped_by_month else "condition"


def charges_of(customer: Customer) -> QuerySet[FeeCharge]:
    """Those that a night has taken for this customer, the newest night first."""
    entries = WaiverEntry.objects.filter(charge=OuterRef("pk"))
    theirs = Q(account_id__in=charged_to(customer)) & ~Exists(entries.exclude(customer=customer))
    rows = FeeCharge.objects.filter(theirs | Exists(entries.filter(customer=customer)), assessed_on__isnull=False)
    return rows.select_related("fee", "account").order_by("-assessed_on", "-pk")


def assessed(customer: Customer, charges: list[FeeCharge]) -> Iterator[Assessed]:
    """What became of each charge; six queries for any number of them."""
    if not charges:
        return
    written = list(WaiverEntry.objects.filter(charge__in=charges).select_related("tier", "line__policy"))
    entries = {row.charge_id: row for row in written if row.run_id and not row.reverses_id}
    periods = list(TierPeriod.objects.filter(customer=customer).select_related("tier"))
    policies = list(WaiverPolicy.objects.prefetch_related("lines").order_by("-effective_from"))
    pinned, used = _pinned({charge.assessed_on for charge in charges}), _used(customer)
    for charge in charges:
        entry = entries.get(charge.pk)
        tier = entry.tier if entry else _holding(periods, charge.charged_on)
        policy = _in_force(policies, charge, pinned.get(charge.assessed_on))
        line = entry.line if entry else _line(policy, tier, charge)
        if line is not None and policy is not None and line.policy_id != policy.pk:
            policy = line.policy
        month = used.get((charge.fee.code, charge.charged_on.replace(day=1)), Decimal(0))
        yield Assessed(charge, entry, tier, policy, line, month, _by_hand(charge, written))


def _by_hand(charge: FeeCharge, entries: list[WaiverEntry]) -> Decimal:
    assert charge.assessed_on is not None
    night = charge.assessed_on
    before = (row for row in entries if row.charge_id == charge.pk and row.business_date < night)
    return sum((row.waived for row in before if not row.run_id), Decimal(0))


def _pinned(days: set[date | None]) -> dict[date | None, int]:
    """The newest policy that each night knew."""
    runs = Run.objects.nights().published().filter(business_date__in=list(filter(None, days)))
    found = runs.values_list("business_date", "parameters__pinned__newest_policy")
    return {day: newest for day, newest in found if newest is not None}


def _used(customer: Customer) -> dict[tuple[str, date], Decimal]:
    entries = WaiverEntry.objects.filter(customer=customer, line__isnull=False).order_by()
    rows = entries.values("fee_code", month=TruncMonth("charged_on"))
    return {(row["fee_code"], row["month"]): row["total"] for row in rows.annotate(total=Sum("waived"))}


def _holding(periods: list[TierPeriod], day: date) -> Tier | None:
    return next((row.tier for row in periods if row.since <= day and (row.until is None or row.until > day)), None)


def _in_force(policies: list[WaiverPolicy], charge: FeeCharge, newest: int | None) -> WaiverPolicy | None:
    known = (policy for policy in policies if newest is None or policy.pk <= newest)
    return next((policy for policy in known if policy.effective_from <= charge.charged_on), None)


def _line(policy: WaiverPolicy | None, tier: Tier | None, charge: FeeCharge) -> WaiverLine | None:
    if policy is None or tier is None:
        return None
    lines = policy.lines.all()
    return next((line for line in lines if (line.tier_code, line.fee_code) == (tier.code, charge.fee.code)), None)
