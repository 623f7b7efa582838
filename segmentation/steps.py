"""Whether the tiers of a scheme are steps: each can be stood on, and more of a figure never leads down again.

Asked where rules speak of one figure alone; what speaks of several can't be put in a row. A published version is not
asked again: it holds as it is.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from crm.base.money import minor_unit
from segmentation.rules import FIELDS, Predicate, Rule, Type, evaluate, predicates_of
from segmentation.rules.validation import refuse
from segmentation.schemes import Scheme, TierRule

Rungs = list[tuple[int, TierRule]]
DAY = date(2000, 1, 1)  # a figure is given, so nothing is reckoned from a day


def check_steps(scheme: Scheme, path: str = "tier_scheme") -> None:
    """Raises RuleBroken with the path of the tier that is wrong."""
    alone: dict[str, Rungs] = defaultdict(list)
    for rank, tier in enumerate(scheme.tiers):
        names = {predicate.name for predicate in predicates_of(tier.when)} if tier.when else set()
        if len(names) == 1 and FIELDS[name := names.pop()].type in (Type.MONEY, Type.NUMBER, Type.INTEGER):
            alone[name].append((rank, tier))
    for name, rungs in alone.items():
        points = _points(rungs, _hair(FIELDS[name].type, scheme.currency))
        holding = [[rank for rank, tier in rungs if _holds(tier.when, name, point)] for point in points]
        _check_each_is_reached(scheme, rungs, holding, path)
        _check_no_gap(scheme, points, [max(ranks, default=0) for ranks in holding], path)


def _hair(kind: Type, currency: str) -> Decimal:
    """The least by which two figures differ."""
    digits = {Type.MONEY: minor_unit(currency), Type.INTEGER: 0}.get(kind, 4)
    return Decimal(1).scaleb(-digits)


def _points(rungs: Rungs, hair: Decimal) -> list[Decimal]:
    """A figure on, just below and just above each threshold: between them nothing changes."""
    thresholds = {
        Decimal(value)  # type: ignore[arg-type]  # numbers, by the field's type
        for _rank, tier in rungs
        if tier.when
        for predicate in predicates_of(tier.when)
        for value in (predicate.value if isinstance(predicate.value, tuple) else (predicate.value,))
    }
    return sorted({point for each in thresholds for point in (each - hair, each, each + hair)})


def _holds(rule: Rule | None, name: str, point: Decimal) -> bool:
    return rule is not None and evaluate(rule, {name: point}, DAY) is True


def _check_each_is_reached(scheme: Scheme, rungs: Rungs, holding: list[list[int]], path: str) -> None:
    reached = {max(ranks) for ranks in holding if ranks}
    for rank, tier in rungs:
        if rank in reached:
            continue
        above = {other for ranks in holding if rank in ranks for other in ranks if other > rank}
        if not above:
            refuse(_place(path, rank, tier), _("no figure meets this rule."))
        higher = min(above)
        said = {"higher": scheme.tiers[higher].name, "lower": tier.name}
        refuse(
            _place(path, higher, scheme.tiers[higher]),
            _("“%(higher)s” is as easy to reach as “%(lower)s”: nobody would ever stand in “%(lower)s”.") % said,
        )


def _check_no_gap(scheme: Scheme, points: list[Decimal], ranks: list[int], path: str) -> None:
    """More may lead up or, for a debt, down; not up and down again."""
    if ranks in (sorted(ranks), sorted(ranks, reverse=True)):
        return
    falls = next(n for n in range(1, len(ranks)) if ranks[n] < ranks[n - 1])
    left = ranks[falls - 1]
    refuse(
        _place(path, left, scheme.tiers[left]),
        _("there is a gap: with more than %(amount)s a customer would fall from “%(tier)s” to “%(lower)s”.")
        % {
            "amount": f"{points[falls - 1]:,}",
            "tier": scheme.tiers[left].name,
            "lower": scheme.tiers[ranks[falls]].name,
        },
    )


def _place(path: str, rank: int, tier: TierRule) -> str:
    where = f"{path}.tiers[{rank}].when"
    return f"{where}.value" if isinstance(tier.when, Predicate) else where
