"""Full months and years that have passed since a day, compared by the day itself: a sixteenth of reckoning them for each
customer (docs/adr/0047)."""

from collections.abc import Callable
from typing import Any

from segmentation.rules.registry import Field
from segmentation.rules.tree import Op, Predicate

# "a year old" is not the same as "born a year ago" where nothing has passed yet; further back there are no dates
FEWEST, MOST = 1, 1_900


def may_compare_days(predicate: Predicate) -> bool:
    if not predicate.field.counts_from or predicate.op in (Op.IN, Op.NOT_IN, Op.IS_NULL):
        return False
    return all(isinstance(one, int) and FEWEST <= one <= MOST for one in _values(predicate))


def days_compared(predicate: Predicate, named: Callable[[int, str], str]) -> str:
    """The predicate as SQL over the day that its field counts from; `named` takes a value's parameter down, with its type."""
    low, *more = _values(predicate)

    def day(sign: str, n: int) -> str:
        return f"{predicate.field.counts_from} {sign} {_ago(predicate.field, named(n, 'integer'))}"

    match predicate.op:
        case Op.GE:
            return day("<=", low)
        case Op.GT:
            return day("<=", low + 1)
        case Op.LT:
            return day(">", low)
        case Op.LE:
            return day(">", low + 1)
        case Op.NE:
            return f"({day('>', low)} OR {day('<=', low + 1)})"
    return f"({day('<=', low)} AND {day('>', (more or [low])[0] + 1)})"


def _ago(field: Field, units: str) -> str:
    """The last day from which so many full units have passed; as a month's last day where the month is shorter."""
    return f"(%(day)s::date - make_interval({field.unit.value} => {units}))::date"


def _values(predicate: Predicate) -> tuple[Any, ...]:
    return predicate.value if isinstance(predicate.value, tuple) else (predicate.value,)
