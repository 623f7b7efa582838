"""A tier scheme, parsed from the content of a policy file or of a stored version.

`max_moves_percent` is the breaker. It stands at a tier, as `"5"` for both directions or `{"up": "10", "down": "5"}`, or
at the scheme for all of its tiers, likewise or as `{"gold": {"down": "5"}}`; what a tier says itself comes first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.money import minor_unit
from customers.models import Customer
from segmentation.checks import codeword, currency, known_keys, limits, one_of, shared_limits, text
from segmentation.levels import EXTRA_KEYS, TierRule, extras_of
from segmentation.points import FIGURE, PointsLine, check_rule, total
from segmentation.points import parse as parse_points
from segmentation.rules import FIELDS, Predicate, Purpose, Type, evaluate, predicates_at, predicates_of, validate
from segmentation.rules.validation import refuse

MONTHLY = "monthly"
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
KEYS = {"customer_kind", "name", "currency", "measure", "review", "tiers", "max_moves_percent", "points"}
TIER_KEYS = {"code", "name", "when", "grace_months", "max_moves_percent", *EXTRA_KEYS}
MAX_TIERS, MAX_GRACE = 32, 120


@dataclass(frozen=True)
class Scheme:
    """`tiers` stand from lowest to highest. `review_dates` are "MM-DD"; None is the last day of every month."""

    customer_kind: str
    currency: str
    measure: str
    review_dates: tuple[str, ...] | None
    tiers: tuple[TierRule, ...]
    points: tuple[PointsLine, ...] = ()

    @classmethod
    def parse(cls, content: Any, *, path: str = "tier_scheme") -> "Scheme":
        """Raises RuleBroken with the path of what is wrong."""
        return _Reader(path).scheme(content)

    @property
    def has_breaker(self) -> bool:
        return any(tier.limits for tier in self.tiers)

    def max_moves_percent(self, code: str, direction: str) -> Decimal | None:
        return next((tier.limits.get(direction) for tier in self.tiers if tier.code == code), None)

    def is_review_day(self, day: date) -> bool:
        if self.review_dates is None:
            return (day + timedelta(days=1)).day == 1
        return f"{day:%m-%d}" in self.review_dates

    def next_review(self, day: date) -> date:
        """The first review day on or after the day."""
        while not self.is_review_day(day):
            day += timedelta(days=1)
        return day

    def rank(self, code: str) -> int | None:
        return next((rank for rank, tier in enumerate(self.tiers) if tier.code == code), None)

    def predicates(self) -> tuple[tuple[str, Predicate], ...]:
        """(tier code, predicate) from the lowest tier to the highest: the order of a decision's `met`."""
        return tuple(
            (tier.code, predicate) for tier in self.tiers if tier.when for predicate in predicates_of(tier.when)
        )

    def figure_columns(self) -> tuple[tuple[str, str], ...]:
        """(name, SQL column) of each figure that the scheme looks at, the measure first."""
        asked = (predicate.name for _code, predicate in self.predicates())
        counted = (name for line in self.points for name in line.fields)
        points = (FIGURE,) if self.points else ()
        names = dict.fromkeys((self.measure, *asked, *points, *counted))
        return tuple((name, FIELDS[name].column) for name in names)

    @property
    def late(self) -> tuple[str, ...]:
        """The figures that are reckoned because the scheme looks at them; each must be known to decide anything."""
        return tuple(name for name, _column in self.figure_columns() if FIELDS[name].is_late)

    def with_points(self, values: Mapping[str, Any], day: date) -> Mapping[str, Any]:
        """The values, and the points that they give under this scheme."""
        return {**values, FIGURE: total(self.points, values, day)} if self.points else values

    def earned(self, values: Mapping[str, Any], day: date, *, standing: int = -1) -> int | None:
        """The rank of the highest tier whose rule holds; None where a figure that must be known is not.

        Into a tier by invitation nobody is lifted: it is earned by who stands in it.
        """
        answers = [True if tier.when is None else evaluate(tier.when, values, day) for tier in self.tiers]
        if None in answers or (self.points and values.get(FIGURE) is None):
            return None
        free = (
            holds and (rank == standing or not self.tiers[rank].by_invitation) for rank, holds in enumerate(answers)
        )
        return max(rank for rank, holds in enumerate(free) if holds)


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path

    def scheme(self, content: Any) -> Scheme:
        known_keys(content, KEYS, self.path)
        for key in ("customer_kind", "currency", "measure", "review", "tiers"):
            if key not in content:
                refuse(f"{self.path}.{key}", _("this key is missing."))
        one_of(content["customer_kind"], Customer.Kind.values, f"{self.path}.customer_kind")
        currency(content["currency"], f"{self.path}.currency")
        lines = parse_points(content["points"], f"{self.path}.points") if "points" in content else ()
        amounts = [field.name for field in FIELDS.values() if field.type == Type.MONEY and field.may_set_prices]
        one_of(content["measure"], [*amounts, *([FIGURE] if lines else [])], f"{self.path}.measure")
        text(content.get("name", "-"), 120, f"{self.path}.name")
        return Scheme(
            customer_kind=content["customer_kind"],
            currency=content["currency"],
            measure=content["measure"],
            review_dates=self.review(content["review"], f"{self.path}.review"),
            tiers=self.tiers(content["tiers"], content),
            points=lines,
        )

    def review(self, review: Any, path: str) -> tuple[str, ...] | None:
        if review == MONTHLY:
            return None
        if not isinstance(review, Mapping) or set(review) != {"dates"}:
            refuse(path, _('this is "monthly" or {"dates": ["06-30", "12-31"]}.'))
        dates = review["dates"]
        if not isinstance(dates, list) or not dates or len(set(map(str, dates))) != len(dates):
            refuse(f"{path}.dates", _("at least one day belongs here, each once."))
        for place, day in enumerate(dates):
            if not isinstance(day, str) or not MONTH_DAY.fullmatch(day) or not _is_every_year(day):
                refuse(f"{path}.dates[{place}]", _('a day of every year, such as "06-30", belongs here.'))
        return tuple(dates)

    def tiers(self, tiers: Any, content: Mapping) -> tuple[TierRule, ...]:
        path = f"{self.path}.tiers"
        if not isinstance(tiers, list) or not 1 <= len(tiers) <= MAX_TIERS:
            refuse(path, _("a list of 1 to %(count)s tiers belongs here, the lowest first.") % {"count": MAX_TIERS})
        for place, tier in enumerate(tiers):
            known_keys(tier, TIER_KEYS, f"{path}[{place}]")
        codes = [tier.get("code") for tier in tiers]
        shared = shared_limits(content.get("max_moves_percent"), codes, f"{self.path}.max_moves_percent")
        found: list[TierRule] = []
        for place, tier in enumerate(tiers):
            rule = self.tier(tier, place, shared, content["currency"])
            if rule.code in codes[:place]:
                refuse(f"{path}[{place}].code", _("“%(code)s” stands here twice.") % {"code": rule.code})
            self.amounts(rule, content["currency"], f"{path}[{place}].when")
            check_rule(rule.when, "points" in content, f"{path}[{place}].when")
            found.append(rule)
        return tuple(found)

    def tier(self, tier: Mapping, place: int, shared: Mapping[str, Mapping[str, Decimal]], money: str) -> TierRule:
        path = f"{self.path}.tiers[{place}]"
        code = codeword(tier.get("code"), f"{path}.code")
        grace = tier.get("grace_months", 0)
        text(tier.get("name"), 80, f"{path}.name")
        if not isinstance(grace, int) or isinstance(grace, bool) or not 0 <= grace <= MAX_GRACE:
            refuse(
                f"{path}.grace_months", _("a number of months from 0 to %(most)s belongs here.") % {"most": MAX_GRACE}
            )
        if place == 0 and ("when" in tier or grace):
            refuse(path, _('the lowest tier takes everybody: no "when" and no grace.'))
        if place and not tier.get("when"):
            refuse(f"{path}.when", _("every tier but the lowest needs a rule."))
        own = limits(tier["max_moves_percent"], f"{path}.max_moves_percent") if "max_moves_percent" in tier else {}
        return TierRule(
            code=code,
            name=tier["name"],
            when=validate(tier["when"], purpose=Purpose.TIER, path=f"{path}.when") if place else None,
            grace_months=grace,
            limits={**shared.get(code, {}), **own},
            **extras_of(tier, place, money, path),
        )

    def amounts(self, tier: TierRule, code: str, path: str) -> None:
        for place, predicate in predicates_at(tier.when, path) if tier.when else ():
            for value in predicate.value if isinstance(predicate.value, tuple) else (predicate.value,):
                if isinstance(value, Decimal) and value != round(value, minor_unit(code)):
                    refuse(
                        f"{place}.value",
                        _("%(amount)s has more digits than %(code)s.") % {"amount": value, "code": code},
                    )


def _is_every_year(month_day: str) -> bool:
    try:
        return bool(date.fromisoformat(f"2001-{month_day}"))
    except ValueError:
        return False
