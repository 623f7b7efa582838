"""Why a customer stands in a tier on a day: read from the stored decision and its immutable version, never computed anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from crm.base.money import minor_unit
from customers.models import Customer
from segmentation.models import Published, TierDecision, TierPeriod
from segmentation.rules import FIELDS, Field, Predicate, Type, gap, value_of
from segmentation.schemes import Scheme


@dataclass(frozen=True)
class Looked:
    """A predicate of a tier, the customer's value, and whether it was met; None is unknown."""

    tier: str
    predicate: Predicate
    value: Any
    met: bool | None


@dataclass(frozen=True)
class Grace:
    """`below` of `months` months are counted; the first day in a lower tier if nothing changes."""

    months: int
    below: int
    falls_on: date


@dataclass(frozen=True)
class Step:
    """What a higher tier would take: more of the measure from a review on; None where no amount alone does."""

    tier: str
    name: str
    missing: Decimal | None
    starts: date


@dataclass(frozen=True)
class Explanation:
    """The tier that stands on a day since when, and the decision behind it."""

    tier: str
    name: str
    since: date
    decision: TierDecision
    on: date

    @cached_property
    def scheme(self) -> Scheme:
        return Scheme.parse(self.decision.scheme_version.content)

    @property
    def rank(self) -> int:
        """The standing tier's place in the version; -1 where the version does not know it any more."""
        rank = self.scheme.rank(self.tier)
        return -1 if rank is None else rank

    @property
    def looked(self) -> tuple[Looked, ...]:
        figures, day = self.decision.figures, self.decision.business_date
        return tuple(
            Looked(tier, predicate, value_of(predicate.field, figures, day), met)
            for (tier, predicate), met in zip(self.scheme.predicates(), self.decision.met, strict=True)
        )

    @property
    def grace(self) -> Grace | None:
        below = self.decision.months_below
        if not below:
            return None
        months = self.scheme.tiers[self.rank].grace_months if self.rank >= 0 else 0
        review = self.decision.business_date
        for _month in range(max(months - below, 1)):
            review = self.scheme.next_review(review + timedelta(days=1))
        return Grace(months=months, below=below, falls_on=review + timedelta(days=1))

    @property
    def next_tiers(self) -> Iterator[Step]:
        after = max(self.on, self.decision.business_date + timedelta(days=1))
        starts = self.scheme.next_review(after) + timedelta(days=1)
        smallest = Decimal(1).scaleb(-minor_unit(self.scheme.currency))
        for tier in self.scheme.tiers[self.rank + 1 :]:
            if tier.when:
                missing = gap(
                    tier.when,
                    self.decision.figures,
                    measure=self.scheme.measure,
                    day=self.decision.business_date,
                    step=smallest,
                )
                yield Step(tier.code, tier.name, missing, starts)

    def as_json(self) -> dict[str, Any]:
        """As `explain_tier --json` and `customers/{id}/tier/` answer it."""
        currency, grace = self.scheme.currency, self.grace
        return {
            "tier": self.tier,
            "since": str(self.since),
            "scheme_version": self.decision.scheme_version.number,
            "facts": {
                name: plain(
                    FIELDS[name], value_of(FIELDS[name], self.decision.figures, self.decision.business_date), currency
                )
                for name in self.decision.figures
            },
            "predicates": [
                {
                    "field": each.predicate.name,
                    "op": str(each.predicate.op),
                    "threshold": each.predicate.written,
                    "value": plain(each.predicate.field, each.value, currency),
                    "met": each.met,
                }
                for each in self.looked
            ],
            "grace": grace and {"months": grace.months, "below": grace.below, "falls_on": str(grace.falls_on)},
            "next": [
                {
                    "tier": step.tier,
                    "missing": None if step.missing is None else amount(step.missing, currency),
                    "from": str(step.starts),
                }
                for step in self.next_tiers
            ],
        }


def explain(*, customer: Customer, on: date | None = None) -> Explanation | None:
    """The tier that holds on a day and the decision behind it; None where there is none.

    A decision that moved nobody speaks for its own business date, one that did from the day it took effect. Without a
    day: the tier that the last published night left.
    """
    on = on or latest_day()
    if on is None:
        return None
    holding = TierPeriod.objects.filter(customer=OuterRef("customer_id")).holding(on)
    standing = JSONObject(tier="tier__code", name="tier__name", since="since")
    decision = (
        TierDecision.objects.filter(customer=customer)
        .holding(on)
        .published()
        .annotate(standing=Subquery(holding.values(found=standing)[:1]))
        .select_related("scheme_version__scheme", "tier_before", "tier_after")
        .order_by("-business_date", "-pk")
        .first()
    )
    if decision is None or decision.standing is None:
        return None
    found = decision.standing
    return Explanation(found["tier"], found["name"], date.fromisoformat(found["since"]), decision, on)


def latest_day() -> date | None:
    """The day after the published business date: the first that the last night decided for."""
    published = Published.objects.first()
    return published.business_date + timedelta(days=1) if published else None


def plain(field: Field, value: Any, currency: str) -> Any:
    """A value as JSON: amounts and dates are strings."""
    if isinstance(value, Decimal):
        return amount(value, currency) if field.type == Type.MONEY else str(value)
    return str(value) if isinstance(value, date) else value


def amount(value: Decimal, currency: str) -> str:
    """With the currency's digits, and more only where the value has more."""
    digits = max(minor_unit(currency), -int(value.normalize().as_tuple().exponent))
    return f"{value:.{digits}f}"
