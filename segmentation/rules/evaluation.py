"""The same rule over one customer's values, in Python. A property test holds it equal to the SQL."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from segmentation.rules.registry import FIELDS, Field
from segmentation.rules.tree import All, Not, Op, Predicate, Rule, Unknown, Value, predicates_of
from segmentation.rules.values import figure

COMPARE: dict[Op, Callable[[Anything, Anything], bool]] = {
    Op.EQ: lambda value, wanted: value == wanted,
    Op.NE: lambda value, wanted: value != wanted,
    Op.LT: lambda value, wanted: value < wanted,
    Op.LE: lambda value, wanted: value <= wanted,
    Op.GT: lambda value, wanted: value > wanted,
    Op.GE: lambda value, wanted: value >= wanted,
    Op.IN: lambda value, wanted: value in wanted,
    Op.NOT_IN: lambda value, wanted: value not in wanted,
    Op.BETWEEN: lambda value, wanted: wanted[0] <= value <= wanted[1],
}
Values = Mapping[str, Anything]


def value_of(field: Field, values: Values, day: date) -> Value | None:
    """The field's value, computed on the day where only its source is given."""
    if field.derive is None or field.name in values:
        return figure(field, values.get(field.name))
    start = values.get(field.source)
    start = date.fromisoformat(start) if isinstance(start, str) and start else start
    return field.derive(start, day) if start else None


def met(predicate: Predicate, values: Values, day: date) -> bool | None:
    """What the predicate says; None where the value is unknown. `is_null` always knows."""
    value = value_of(predicate.field, values, day)
    if predicate.op == Op.IS_NULL:
        return (value is None) == predicate.value
    if value is None:
        return None
    if predicate.field.is_set:
        return _is_among(value, predicate)
    return COMPARE[predicate.op](value, predicate.value)


def _is_among(words: Anything, predicate: Predicate) -> bool:
    several = predicate.value if isinstance(predicate.value, tuple) else (predicate.value,)
    return set(words).isdisjoint(several) == (predicate.op in (Op.NE, Op.NOT_IN))


def evaluate(rule: Rule, values: Values, day: date) -> bool | None:
    """Whether the rule holds; None where a predicate whose unknown is an error has no value."""
    for predicate in predicates_of(rule):
        if predicate.unknown == Unknown.ERROR and met(predicate, values, day) is None:
            return None
    return _holds(rule, values, day)


def _holds(rule: Rule, values: Values, day: date) -> bool:
    if isinstance(rule, Predicate):
        said = met(rule, values, day)
        return rule.unknown == Unknown.TRUE if said is None else said
    if isinstance(rule, Not):
        return not _holds(rule.rule, values, day)
    some = all if isinstance(rule, All) else any
    return some(_holds(part, values, day) for part in rule.rules)


def gap(rule: Rule, values: Values, *, measure: str, day: date, step: Decimal = Decimal("0.01")) -> Decimal | None:
    """How much more of the measure makes the rule hold, all else being equal; 0 where it holds already.

    None where no amount alone does. `step` is the currency's smallest unit: "more than 100" wants 100.01.
    """
    if evaluate(rule, values, day):
        return Decimal(0)
    current = value_of(FIELDS[measure], values, day)
    if current is None:
        return None
    thresholds = {
        each
        for predicate in predicates_of(rule)
        if predicate.name == measure and predicate.op != Op.IS_NULL
        for each in (predicate.value if isinstance(predicate.value, tuple) else (predicate.value,))
    }
    for wanted in sorted({amount for each in thresholds for amount in (each, each + step) if amount > current}):  # type: ignore[operator]  # money is Decimal
        if evaluate(rule, {**values, measure: wanted}, day):
            return Decimal(wanted - current)  # type: ignore[operator,arg-type]
    return None
