"""Decisions about fees, waived or not, as the slot tells them."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from segmentation.answers import amount
from segmentation.decisions.assessed import REASONS, Assessed, assessed, charges_of
from segmentation.decisions.entries import KIND, by_hand, decision_by_hand
from segmentation.decisions.slot import Condition, Decision, Figure, Source
from segmentation.models import Tier
from segmentation.rules import Purpose, predicates_of, sentence, validate
from segmentation.rules.sentences import money
from segmentation.waivers import percent
from segmentation.why import spoken_day


def newest(customer: Customer, user: Any, before: date | None, limit: int) -> list[Decision]:
    """The nights' own, and what people wrote into the ledger beside them: reversals and waivers by hand."""
    if not user.may("waivers:read"):
        return []
    charges, entries = charges_of(customer), by_hand(customer)
    if before:
        charges, entries = charges.filter(assessed_on__lt=before), entries.filter(business_date__lt=before)
    found = [decision_of(each, tiers_of()) for each in assessed(customer, list(charges[:limit]))]
    found += [decision_by_hand(entry) for entry in entries[:limit]]
    return sorted(found, key=lambda decision: decision.on, reverse=True)[:limit]


def one(customer: Customer, user: Any, key: str) -> Decision | None:
    """Keys are the number of the charge, or `entry-` and the number of the entry."""
    if not user.may("waivers:read"):
        return None
    if key.startswith("entry-"):
        number = key.removeprefix("entry-")
        entry = by_hand(customer).filter(number=number).first() if number.isdecimal() else None
        return decision_by_hand(entry) if entry else None
    charges = list(charges_of(customer).filter(number=key))
    return next((decision_of(each, tiers_of()) for each in assessed(customer, charges)), None)


def tiers_of() -> list[Tier]:
    return list(Tier.objects.order_by("scheme", "rank"))


def decision_of(each: Assessed, tiers: list[Tier]) -> Decision:
    charge, currency = each.charge, each.currency
    words = {
        "fee": charge.fee,
        "amount": money(charge.amount, currency),
        "day": spoken_day(charge.charged_on, year=True),
        "waived": money(each.waived, currency),
    }
    if each.entry:
        said = _("%(fee)s of %(amount)s on %(day)s: %(waived)s waived.") % words
    else:
        said = _("%(fee)s of %(amount)s on %(day)s: nothing waived.") % words
    assert charge.assessed_on is not None
    return Decision(
        kind=KIND,
        key=charge.number,
        on=charge.assessed_on,
        sentence=said,
        label=_("Waived") if each.entry else _("Not waived"),
        colour="teal" if each.entry else "secondary",
        version=_("Version %(number)s of the waiver policy") % {"number": each.policy.number} if each.policy else "",
        version_url=reverse("waiver_policies"),
        figures=_figures(each),
        conditions=tuple(_conditions(each)),
        changes=tuple(_changes(each, tiers)),
        reason=_reason(each),
        details=_details(each),
    )


def _reason(each: Assessed) -> str:
    """Why nothing was waived, or which exemption it was."""
    if each.entry and each.entry.exemption:
        return each.entry.get_exemption_display()
    return str(REASONS[each.reason]) if each.reason else ""


def _figures(each: Assessed) -> tuple[Figure, ...]:
    currency, line = each.currency, each.line
    shown = [("amount", _("amount"), each.charge.amount)]
    if line:
        shown.append(("share", _("%(percent)s of it") % {"percent": percent(line.percent)}, each.share))
        if line.cap_per_fee is not None:
            shown.append(("cap_per_fee", _("at most a fee"), line.cap_per_fee))
        if line.cap_per_month is not None:
            shown.append(("cap_per_month", _("at most a month"), line.cap_per_month))
    shown += [("waived", _("waived"), each.waived), ("net", _("left to pay"), each.charge.amount - each.waived)]
    return tuple(Figure(name, label, money(value, currency), amount(value, currency)) for name, label, value in shown)


def _conditions(each: Assessed) -> list[Condition]:
    """The way that the night went, as far as it came."""
    found = [Condition(_("a tier on the day of the fee"), str(each.tier or "–"), each.tier is not None)]
    if each.tier is None:
        return found
    if each.is_small_balance:
        exemption = each.entry.get_exemption_display() if each.entry and each.entry.exemption else ""
        found.append(Condition(_("an exemption from the small-balance fee"), exemption or "–", bool(exemption)))
        if exemption:
            return found
    said = percent(each.line.percent) if each.line else "–"
    asked = _("a line for %(tier)s and %(fee)s") % {"tier": each.tier, "fee": each.charge.fee}
    found.append(Condition(asked, said, each.line is not None))
    if each.line is None:
        return found
    if each.line.rule:
        holds = None if each.reason == "cap" else each.reason != "condition"
        for predicate in predicates_of(validate(each.line.rule, purpose=Purpose.WAIVER)):
            found.append(Condition(sentence(predicate, currency=each.line.currency), "", holds))
    currency = each.currency
    if each.line.cap_per_fee is not None:
        asked = _("within %(cap)s a fee") % {"cap": money(each.line.cap_per_fee, currency)}
        found.append(Condition(asked, money(each.share, currency), each.share <= each.line.cap_per_fee))
    if each.line.cap_per_month is not None and each.reason != "condition":
        asked = _("within %(cap)s a month") % {"cap": money(each.line.cap_per_month, currency)}
        found.append(Condition(asked, money(each.offered, currency), not each.is_capped_by_month))
    return found


def _changes(each: Assessed, tiers: list[Tier]) -> list[str]:
    """The cap that begins anew, and the next tier that is spared more of this fee."""
    found = []
    if each.is_capped_by_month:
        following = (each.charge.charged_on.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(_("The cap begins anew on %(day)s.") % {"day": spoken_day(following)})
    if each.tier is None or each.policy is None:
        return found
    percents = {
        line.tier_code: line.percent for line in each.policy.lines.all() if line.fee_code == each.charge.fee.code
    }
    now = each.line.percent if each.line else 0
    for tier in tiers:
        if tier.scheme_id == each.tier.scheme_id and tier.rank > each.tier.rank and percents.get(tier.code, 0) > now:
            words = {"tier": tier, "percent": percent(percents[tier.code])}
            found.append(_("From the tier %(tier)s on, %(percent)s of this fee is waived.") % words)
            break
    return found


def _details(each: Assessed) -> dict[str, Any]:
    return {
        "id": each.charge.pk,
        "outcome": "waived" if each.entry else "not_waived",
        "tier": each.tier.code if each.tier else None,
        "charge": each.charge.number,
        "account": each.charge.account.number,
        "fee": each.charge.fee.code,
        "charged_on": each.charge.charged_on,
        "percent": each.line.percent if each.line else None,
        "currency": each.currency,
        "entry": each.entry.number if each.entry else None,
        "exemption": each.entry.exemption or None if each.entry else None,
        "not_waived_because": each.reason or None,
    }


WAIVERS = Source(KIND, gettext_lazy("Waivers"), newest, one)
