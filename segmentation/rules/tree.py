"""A rule is a tree: all, any and not over predicates. Made by `validate` alone, so that every tree is a valid one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from segmentation.rules.registry import FIELDS, Field

Value = Decimal | int | str | date | bool
Operand = Value | tuple[Value, ...]


class Op(TextChoices):
    EQ = "=", _("is")
    NE = "!=", _("is not")
    LT = "<", _("is less than")
    LE = "<=", _("is at most")
    GT = ">", _("is more than")
    GE = ">=", _("is at least")
    IN = "in", _("is one of")
    NOT_IN = "not_in", _("is none of")
    BETWEEN = "between", _("is between")
    IS_NULL = "is_null", _("is unknown")


class Unknown(TextChoices):
    """What a predicate says of a customer whose value nobody knows."""

    FALSE = "false", _("counts as not met")
    TRUE = "true", _("counts as met")
    ERROR = "error", _("is an error of the customer's row")


@dataclass(frozen=True)
class Predicate:
    """`written` is the threshold as it stands in the policy file; `value` the same, typed. `is_null` has true or false."""

    name: str
    op: Op
    value: Operand
    written: object
    unknown: Unknown = Unknown.FALSE

    @cached_property
    def field(self) -> Field:
        return FIELDS[self.name]


@dataclass(frozen=True)
class All:
    """Every one of the rules; of none, everybody."""

    rules: tuple["Rule", ...]


@dataclass(frozen=True)
class Any:
    rules: tuple["Rule", ...]


@dataclass(frozen=True)
class Not:
    rule: "Rule"


Rule = Predicate | All | Any | Not
EVERYBODY = All(())


def predicates_of(rule: Rule) -> tuple[Predicate, ...]:
    """The predicates from left to right: the order of the stored `met`."""
    if isinstance(rule, Predicate):
        return (rule,)
    parts = (rule.rule,) if isinstance(rule, Not) else rule.rules
    return tuple(predicate for part in parts for predicate in predicates_of(part))


def predicates_at(rule: Rule, path: str) -> tuple[tuple[str, Predicate], ...]:
    """The same with the place of each in the JSON: "when.all[1]"."""
    if isinstance(rule, Predicate):
        return ((path, rule),)
    if isinstance(rule, Not):
        return predicates_at(rule.rule, f"{path}.not")
    word = "all" if isinstance(rule, All) else "any"
    return tuple(each for n, part in enumerate(rule.rules) for each in predicates_at(part, f"{path}.{word}[{n}]"))
