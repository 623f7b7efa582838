"""Points for products and behaviour: lines of a scheme, summed into the figure `points` of its tier rules.

A line gives `points` for each whole `per` of a field, at most `at_most` of them, or once to whom its rule holds. A
figure below zero gives none. An unknown figure gives none, unless `"unknown": "error"` makes it an error of the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from segmentation import rules
from segmentation.checks import known_keys
from segmentation.rules import FIELDS, Purpose, Rule, Type, Unknown, evaluate, predicates_of, validate, value_of
from segmentation.rules.validation import refuse
from segmentation.rules.values import MONEY

FIGURE = "points"
KEYS = {"points", "per", "field", "at_most", "when", "unknown"}
MAX_LINES, MOST = 50, 1_000_000


@dataclass(frozen=True)
class PointsLine:
    """Either `field` and `per`, or `when`."""

    points: int
    field: str = ""
    per: Decimal = Decimal(1)
    at_most: int | None = None
    unknown: Unknown = Unknown.FALSE
    when: Rule | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(each.name for each in predicates_of(self.when)) if self.when else (self.field,)

    def given(self, values: Mapping[str, Any], day: Any) -> int | None:
        """None where a figure is unknown that must be known."""
        if self.when:
            holds = evaluate(self.when, values, day)
            return None if holds is None else self.points * holds
        value: Any = value_of(FIELDS[self.field], values, day)
        if value is None:
            return None if self.unknown == Unknown.ERROR else 0
        found = max(int(Decimal(value) // self.per), 0) * self.points
        return found if self.at_most is None else min(found, self.at_most)

    def sql(self, parameters: dict[str, Any]) -> str:
        if self.when:
            holds = rules.sql(self.when, parameters=parameters)
            return f"CASE WHEN ({holds}) IS NULL THEN NULL WHEN {holds} THEN {self.points} ELSE 0 END"
        column, unknown = FIELDS[self.field].column, "NULL" if self.unknown == Unknown.ERROR else "0"
        found = f"greatest(div({column}::numeric, {self.per}), 0) * {self.points}"
        if self.at_most is not None:
            found = f"least({found}, {self.at_most})"
        return f"CASE WHEN {column} IS NULL THEN {unknown} ELSE {found} END"


def total(lines: tuple[PointsLine, ...], values: Mapping[str, Any], day: Any) -> int | None:
    """The sum over the lines; None where one of them is unknown."""
    given = [line.given(values, day) for line in lines]
    return None if None in given else sum(each for each in given if each is not None)


def parse(lines: Any, path: str) -> tuple[PointsLine, ...]:
    """Raises RuleBroken with the path of what is wrong."""
    if not isinstance(lines, list) or not 1 <= len(lines) <= MAX_LINES:
        refuse(path, _("a list of 1 to %(count)s lines of points belongs here.") % {"count": MAX_LINES})
    return tuple(_line(line, f"{path}[{place}]") for place, line in enumerate(lines))


def _line(line: Any, path: str) -> PointsLine:
    known_keys(line, KEYS, path)
    points = _count(line.get("points"), f"{path}.points")
    if "when" not in line:
        return _per(line, points, path)
    for key in ("field", "per", "at_most", "unknown"):
        if key in line:
            refuse(f"{path}.{key}", _("a line has a rule, or points per amount of a field; not both."))
    rule = validate(line["when"], purpose=Purpose.TIER, path=f"{path}.when")
    if not predicates_of(rule):
        refuse(f"{path}.when", _("at least one rule belongs here, as a list."))
    for predicate in predicates_of(rule):
        _no_circle(predicate.name, f"{path}.when")
    return PointsLine(points, when=rule)


def _per(line: Mapping, points: int, path: str) -> PointsLine:
    field = FIELDS.get(line["field"]) if isinstance(line.get("field"), str) else None
    if field is None or field.type not in (Type.MONEY, Type.NUMBER, Type.INTEGER) or not field.may_set_prices:
        refuse(f"{path}.field", _("a field that counts or is an amount, and may set prices, belongs here."))
    _no_circle(field.name, f"{path}.field")
    per = line.get("per")
    if not isinstance(per, str) or not MONEY.fullmatch(per) or Decimal(per) <= 0:
        refuse(f"{path}.per", _('an amount as a string above zero, such as "1000", belongs here.'))
    unknown = line.get("unknown", Unknown.FALSE)
    if unknown not in (Unknown.FALSE, Unknown.ERROR):
        refuse(f"{path}.unknown", _("this is one of %(words)s.") % {"words": "false, error"})
    at_most = _count(line["at_most"], f"{path}.at_most") if "at_most" in line else None
    return PointsLine(points, field.name, Decimal(per), at_most, Unknown(unknown))


def check_rule(rule: Rule | None, has_points: bool, path: str) -> None:
    """A tier may ask for points where its scheme gives some."""
    if not has_points and rule and any(predicate.name == FIGURE for predicate in predicates_of(rule)):
        refuse(path, _("this scheme gives no points: say which, under “points”."))


def _count(written: Any, path: str) -> int:
    if not isinstance(written, int) or isinstance(written, bool) or not 1 <= written <= MOST:
        refuse(path, _("a whole number of points from 1 to %(most)s belongs here.") % {"most": f"{MOST:,}"})
    return written


def _no_circle(name: str, path: str) -> None:
    if name == FIGURE:
        refuse(path, _("points can't be given for points."))
