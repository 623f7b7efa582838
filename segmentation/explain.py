"""Why a customer stands in a tier on a day: read from the stored decision and its immutable version, never computed anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from crm.base.among import Among
from crm.base.money import minor_unit
from crm.base.prepared import DAY, KEYS, Prepared
from customers.models import Customer
from segmentation import rulings
from segmentation.answers import as_json
from segmentation.levels import BelowFee, TierRule
from segmentation.models import Published, TierDecision, TierPeriod
from segmentation.points import FIGURE
from segmentation.rules import Predicate, gap, value_of
from segmentation.rulings import Ruling
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


def missing_of(scheme: Scheme, tier: TierRule, values: Mapping[str, Any], day: date) -> Decimal | None:
    """How much more of the measure lifts into a tier; None where no amount does, nor into one by invitation."""
    if tier.when is None or tier.by_invitation:
        return None
    smallest = Decimal(1) if scheme.measure == FIGURE else Decimal(1).scaleb(-minor_unit(scheme.currency))
    return gap(tier.when, values, measure=scheme.measure, day=day, step=smallest)


@dataclass(frozen=True)
class Explanation:
    """The tier that stands on a day since when, and the decision behind it."""

    tier: str
    name: str
    since: date
    decision: TierDecision
    on: date
    ruling: Ruling | None = None

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
    def held_until(self) -> date | None:
        """The first day on which the minimum hold after an upgrade lets the customer fall."""
        held = self.decision.held_until
        return held if held and held > self.on else None

    @property
    def fee(self) -> BelowFee | None:
        """What is due instead of a fall, where the decision found the customer below the level."""
        is_charged = self.decision.outcome == TierDecision.Outcome.CHARGED
        return self.scheme.tiers[self.rank].below if is_charged and self.rank >= 0 else None

    @property
    def grace(self) -> Grace | None:
        below = self.decision.months_below
        if not below:
            return None
        months = self.scheme.tiers[self.rank].grace_months if self.rank >= 0 else 0
        review = self.decision.business_date
        for _month in range(max(months - below, 1)):
            review = self.scheme.next_review(review + timedelta(days=1))
        while self.decision.held_until and review + timedelta(days=1) < self.decision.held_until:
            review = self.scheme.next_review(review + timedelta(days=1))
        return Grace(months=months, below=below, falls_on=review + timedelta(days=1))

    @property
    def next_tiers(self) -> Iterator[Step]:
        after = max(self.on, self.decision.business_date + timedelta(days=1))
        starts = self.scheme.next_review(after) + timedelta(days=1)
        for tier in self.scheme.tiers[self.rank + 1 :]:
            if tier.when:
                missing = missing_of(self.scheme, tier, self.decision.figures, self.decision.business_date)
                yield Step(tier.code, tier.name, missing, starts)

    def as_json(self) -> dict[str, Any]:
        """As `explain_tier --json` and `customers/{id}/tier/` answer it."""
        return as_json(self)


def _speaking() -> QuerySet[TierDecision]:
    """The newest decision that speaks for a day, with the tier that stands and the overrides that hold on it.

    The tiers that it names are read when somebody asks: with them PostgreSQL would plan longer than it reads.
    """
    holding = TierPeriod.objects.filter(customer=OuterRef("customer_id")).holding(DAY).order_by()
    standing = JSONObject(tier="tier__code", name="tier__name", since="since")
    decisions = TierDecision.objects.filter(Among("customer_id", KEYS)).holding(DAY).published()
    found = decisions.annotate(standing=Subquery(holding.values(found=standing)[:1]), overrides=rulings.holding(DAY))
    return found.select_related("scheme_version").order_by("-business_date", "-pk")[:1]


SPEAKING = Prepared(_speaking)


def explain(*, customer: Customer, on: date | None = None) -> Explanation | None:
    """The tier that holds on a day and the decision behind it; None where there is none.

    A decision that moved nobody speaks for its own business date, one that did from the day it took effect. Without a
    day: the tier that the last published night left.
    """
    on = on or latest_day()
    if on is None:
        return None
    decision = next(iter(SPEAKING.rows([customer.pk], day=on)), None)
    if decision is None or decision.standing is None:
        return None
    found = decision.standing
    ruling = rulings.ruling_of(decision, decision.overrides, on=on)
    return Explanation(found["tier"], found["name"], date.fromisoformat(found["since"]), decision, on, ruling)


def latest_day() -> date | None:
    """The day after the published business date: the first that the last night decided for."""
    published = Published.objects.first()
    return published.business_date + timedelta(days=1) if published else None
