"""Decisions about the tier, as the slot tells them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from segmentation.answers import plain
from segmentation.decisions.slot import Condition, Decision, Figure, Source
from segmentation.explain import Explanation
from segmentation.models import TierDecision
from segmentation.rules import FIELDS, sentence, spoken, value_of
from segmentation.why import nearest, spoken_day

KIND = "tier"
Outcome = TierDecision.Outcome
COLOURS = {Outcome.UP: "green", Outcome.DOWN: "red", Outcome.WATCH: "orange", Outcome.HELD: "yellow"}


def decided(customer: Customer) -> QuerySet[TierDecision]:
    return (
        TierDecision.objects.filter(customer=customer)
        .published()
        .select_related("scheme_version__scheme", "tier_before", "tier_after")
        .order_by("-business_date", "-pk")
    )


def newest(customer: Customer, user: Any, before: date | None, limit: int) -> list[Decision]:
    rows = decided(customer)
    if before:
        rows = rows.filter(business_date__lt=before)
    return [decision_of(row) for row in rows[:limit]]


def one(customer: Customer, user: Any, key: str) -> Decision | None:
    row = decided(customer).filter(pk=key).first() if key.isdecimal() else None
    return decision_of(row) if row else None


def decision_of(row: TierDecision) -> Decision:
    after = row.tier_after
    explanation = Explanation(after.code, after.name, row.effective_from, row, row.effective_from)
    version = _("Version %(number)s of the scheme “%(scheme)s”")
    return Decision(
        kind=KIND,
        key=str(row.pk),
        on=row.business_date,
        sentence=_said(row, explanation),
        told=_told(row, explanation),
        label=row.get_outcome_display(),
        colour=COLOURS.get(Outcome(row.outcome), "secondary"),
        version=version % {"number": row.scheme_version.number, "scheme": row.scheme_version.scheme},
        version_url=reverse("tiers"),
        figures=_figures(row, explanation),
        conditions=_conditions(explanation),
        changes=tuple(nearest(explanation)),
        why=f"{reverse('customer_why', args=[row.customer_id])}?on={row.effective_from}",
        details=_details(row),
    )


def _words(row: TierDecision, explanation: Explanation) -> dict[str, Any]:
    grace = explanation.grace
    return {
        "before": row.tier_before or "",
        "tier": row.tier_after,
        "day": spoken_day(row.effective_from, year=True),
        "below": row.months_below,
        "months": max(grace.months, grace.below) if grace else 0,
    }


def _said(row: TierDecision, explanation: Explanation) -> str:
    words = _words(row, explanation)
    match row.outcome:
        case Outcome.PLACED:
            return _("Placed in %(tier)s from %(day)s: a new customer begins in the lowest tier.") % words
        case Outcome.UP if row.tier_before is None:
            return _("New, and up to %(tier)s from %(day)s.") % words
        case Outcome.UP:
            return _("Up from %(before)s to %(tier)s from %(day)s.") % words
        case Outcome.DOWN:
            return _("Down from %(before)s to %(tier)s from %(day)s.") % words
        case Outcome.WATCH:
            return _("Stays in %(tier)s, on watch: below the level for %(below)s of %(months)s months.") % words
        case Outcome.HELD:
            return _("Stays in %(tier)s: below the level, but the balance feed was not closed, so nobody fell.") % words
        case Outcome.CHARGED:
            return _("Stays in %(tier)s, below its level: a fee is due instead of a fall.") % words
    return _("Stays in %(tier)s: at the level.") % words


def _told(row: TierDecision, explanation: Explanation) -> str:
    """To the customer: without the bank's inner workings."""
    words = _words(row, explanation)
    match row.outcome:
        case Outcome.PLACED:
            return _("You are in the tier %(tier)s since %(day)s.") % words
        case Outcome.UP:
            return _("You rise to the tier %(tier)s on %(day)s.") % words
        case Outcome.DOWN:
            return _("Your tier changes from %(before)s to %(tier)s on %(day)s.") % words
        case Outcome.WATCH:
            text = _("You stay in the tier %(tier)s. For %(below)s of %(months)s months you have been below its level.")
            return text % words
        case Outcome.CHARGED:
            return _("You stay in the tier %(tier)s. You are below its level, so a fee is due.") % words
    return _("You stay in the tier %(tier)s.") % words


def _figures(row: TierDecision, explanation: Explanation) -> tuple[Figure, ...]:
    currency = explanation.scheme.currency
    found = []
    for field in (FIELDS[name] for name in row.figures if name in FIELDS):
        value = value_of(field, row.figures, row.business_date)
        found.append(
            Figure(field.name, str(field.label), spoken(field, value, currency), plain(field, value, currency))
        )
    return tuple(found)


def _conditions(explanation: Explanation) -> tuple[Condition, ...]:
    """From the highest tier to the lowest."""
    currency = explanation.scheme.currency
    names = {tier.code: tier.name for tier in explanation.scheme.tiers}
    ranks = {code: rank for rank, code in enumerate(names)}
    return tuple(
        Condition(
            text=sentence(each.predicate, currency=currency),
            value=spoken(each.predicate.field, each.value, currency),
            met=each.met,
            about=names[each.tier],
        )
        for each in sorted(explanation.looked, key=lambda each: -ranks[each.tier])
    )


def _details(row: TierDecision) -> dict[str, Any]:
    """What `customers/{id}/decisions/` has told of a tier decision from the first version on."""
    return {
        "id": row.pk,
        "outcome": row.outcome,
        "tier_before": row.tier_before.code if row.tier_before else None,
        "tier": row.tier_after.code,
        "effective_from": row.effective_from,
        "months_below": row.months_below,
        "scheme_version": row.scheme_version.number,
        "met": row.met,
    }


TIERS = Source(KIND, gettext_lazy("Tiers"), newest, one)
