"""From a rule to SQL over `f` (facts), `c` (customers_customer) and `%(day)s`. Columns come from the registry alone,
values travel as parameters."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from segmentation.rules.elapsed import days_compared, may_compare_days
from segmentation.rules.registry import Type
from segmentation.rules.tree import All, Not, Op, Predicate, Rule, Unknown, predicates_of

CASTS = {
    Type.MONEY: "numeric",
    Type.NUMBER: "numeric",
    Type.INTEGER: "bigint",
    Type.DATE: "date",
    Type.TEXT: "text",
    Type.CHOICE: "text",
    Type.BOOLEAN: "boolean",
}
NO_OTHER: Mapping[str, str] = {}
SIGNS = {Op.EQ: "=", Op.NE: "<>", Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">="}


def sql(rule: Rule, *, parameters: dict[str, Anything], columns: Mapping[str, str] = NO_OTHER) -> str:
    """A boolean expression; adds its values to `parameters`. `columns` stand in for those of the registry.

    NULL only where a predicate whose unknown is an error has no value.
    """
    guards = [
        f"({_raw(predicate, parameters, columns)}) IS NULL"
        for predicate in predicates_of(rule)
        if predicate.unknown == Unknown.ERROR and predicate.op != Op.IS_NULL
    ]
    text = _settled(rule, parameters, columns)
    return f"CASE WHEN {' OR '.join(guards)} THEN NULL ELSE {text} END" if guards else text


def predicate_sql(rule: Rule, *, parameters: dict[str, Anything], columns: Mapping[str, str] = NO_OTHER) -> list[str]:
    """What each predicate says of a row, NULL where the value is unknown; in the order of `predicates_of`."""
    return [f"({_raw(predicate, parameters, columns)})" for predicate in predicates_of(rule)]


def _settled(rule: Rule, parameters: dict[str, Anything], columns: Mapping[str, str]) -> str:
    if isinstance(rule, Predicate):
        wanted = "IS NOT FALSE" if rule.unknown == Unknown.TRUE else "IS TRUE"
        return f"(({_raw(rule, parameters, columns)}) {wanted})"
    if isinstance(rule, Not):
        return f"(NOT {_settled(rule.rule, parameters, columns)})"
    if not rule.rules:
        return "true"
    word = " AND " if isinstance(rule, All) else " OR "
    return f"({word.join(_settled(part, parameters, columns) for part in rule.rules)})"


def _raw(predicate: Predicate, parameters: dict[str, Anything], columns: Mapping[str, str] = NO_OTHER) -> str:
    if predicate.name not in columns and may_compare_days(predicate):
        return days_compared(predicate, lambda one, cast: _named(one, cast, parameters))
    column, cast = columns.get(predicate.name, predicate.field.column), CASTS[predicate.field.type]
    value = predicate.value
    if predicate.op == Op.IS_NULL:
        return f"{column} IS {'NULL' if value else 'NOT NULL'}"
    if predicate.field.is_set:
        several = list(value) if isinstance(value, tuple) else [value]
        among = f"{column} && {_named(several, 'text[]', parameters)}"
        return f"NOT ({among})" if predicate.op in (Op.NE, Op.NOT_IN) else among
    if not isinstance(value, tuple):
        return f"{column} {SIGNS[predicate.op]} {_named(value, cast, parameters)}"
    if predicate.op == Op.BETWEEN:
        low, high = (_named(one, cast, parameters) for one in value)
        return f"{column} BETWEEN {low} AND {high}"
    found = f"{column} = ANY({_named(list(value), f'{cast}[]', parameters)})"
    return f"NOT ({found})" if predicate.op == Op.NOT_IN else found


def _named(value: Decimal | int | str | date | list, cast: str, parameters: dict[str, Anything]) -> str:
    name = f"r{len(parameters)}"  # nothing is ever taken out, so no number comes twice
    parameters[name] = value
    return f"%({name})s::{cast}"
