"""Waivers for the pages: a policy's lines in words, sums of the ledger, and what a customer was spared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from customers.models import Customer, FeeCharge, FeeType
from segmentation.models import Posting, Tier, WaiverEntry, WaiverLine, WaiverPolicy
from segmentation.rules import Purpose, sentence, validate
from segmentation.rules.sentences import money
from segmentation.small_balance.definition import SmallBalance
from segmentation.small_balance.saying import said_of
from segmentation.why import spoken_day

SHOWN = 50


@dataclass(frozen=True)
class Said:
    """A line of a policy as people read it."""

    tier: str
    tier_code: str
    fee: str
    percent: str
    limits: str


def lines_of(policy: WaiverPolicy) -> list[Said]:
    """From the highest tier to the lowest."""
    return said_lines(policy.lines.all())


def said_lines(written: Iterable[WaiverLine]) -> list[Said]:
    """Lines of known tiers in words; those of a draft are in no table yet."""
    tiers = {tier.code: tier for tier in Tier.objects.all()}
    fees = dict(FeeType.objects.values_list("code", "name"))
    lines = sorted(written, key=lambda line: (-tiers[line.tier_code].rank, line.tier_code, line.fee_code))
    return [
        Said(
            tier=tiers[line.tier_code].name,
            tier_code=line.tier_code,
            fee=fees.get(line.fee_code, line.fee_code),
            percent=percent(line.percent),
            limits="; ".join(limits_of(line.cap_per_fee, line.cap_per_month, line.currency, line.rule)),
        )
        for line in lines
    ]


def small_balance_of(part: SmallBalance | None) -> list[tuple[str, str]]:
    """The small-balance fee of a policy in words, as (heading, words); empty where it has none."""
    if part is None:
        return []
    tiers, fees = dict(Tier.objects.values_list("code", "name")), dict(FeeType.objects.values_list("code", "name"))
    return said_of(part, tiers, fees)


def percent(fraction: Decimal) -> str:
    return _("%(number)s %%") % {"number": f"{(fraction * 100).normalize():f}"}


def limits_of(
    cap_per_fee: Decimal | None, cap_per_month: Decimal | None, currency: str, rule: Mapping | None
) -> list[str]:
    """The caps and the condition of a line, each as a phrase."""
    said = []
    if cap_per_fee is not None:
        said.append(_("at most %(amount)s a fee") % {"amount": money(cap_per_fee, currency)})
    if cap_per_month is not None:
        said.append(_("at most %(amount)s a month") % {"amount": money(cap_per_month, currency)})
    if rule:
        condition = sentence(validate(rule, purpose=Purpose.WAIVER), currency=currency)
        said.append(_("only where %(rule)s") % {"rule": condition})
    return said


@dataclass(frozen=True)
class Charged:
    """A fee charge and the ledger entries that spared a share of it."""

    charge: FeeCharge
    entries: list[WaiverEntry]

    @property
    def net(self) -> Decimal:
        return self.charge.amount - self.charge.waived

    @property
    def reversed(self) -> set[int]:
        """The entries that another one has taken back."""
        return {entry.reverses_id for entry in self.entries if entry.reverses_id}


def posting_of(entry: WaiverEntry) -> str:
    """What became of an entry at the bank's core."""
    posting = getattr(entry, "posting", None)
    if posting is None or posting.state == Posting.State.OPEN:
        return _("waiting")
    if posting.state == Posting.State.SETTLED:
        return _("settled: nothing to post")
    if posting.state == Posting.State.REFUSED:
        return _("refused by the core: %(reason)s") % {"reason": posting.reason}
    assert posting.posted_on is not None
    text = _("charged again on %(day)s") if entry.waived < 0 else _("refunded on %(day)s")
    return text % {"day": spoken_day(posting.posted_on, year=True)}


def charges_of(customer: Customer) -> list[Charged]:
    """The newest charges on the customer's accounts."""
    accounts = list(customer.holdings.values_list("account_id", flat=True))
    charges = list(
        FeeCharge.objects.filter(account_id__in=accounts)
        .select_related("fee", "account")
        .order_by("-charged_on", "-pk")[:SHOWN]
    )
    entries = defaultdict(list)
    for entry in WaiverEntry.objects.filter(charge__in=charges).select_related("tier", "posting").order_by("number"):
        entries[entry.charge_id].append(entry)
    return [Charged(charge, entries[charge.pk]) for charge in charges]


def spared(customer: Customer) -> list[dict]:
    """What the customer was spared in all, per currency; `total` and `entries`."""
    return list(WaiverEntry.objects.filter(customer=customer).with_totals().order_by("currency"))
