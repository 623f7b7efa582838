"""Tables of assumptions whose rows hold for a time: each key is told for one span without a hole, from the first of a month.

A row holds from `from`, without one always, until `until`, the first day on which it holds no more; without that, until the
next row of its key. So a hole comes only from an `until` that nothing follows at once, and that is refused.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from segmentation.checks import known_keys
from segmentation.rules.validation import refuse

BEGINNING = date(1900, 1, 1)
MAX_ROWS = 2000
Key = tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A column of numbers, written as texts; `says` is the sentence for who writes it otherwise."""

    name: str
    pattern: re.Pattern[str]
    says: Any

    def parse(self, row: Mapping, path: str) -> Decimal:
        written = row.get(self.name)
        if not isinstance(written, str) or not self.pattern.fullmatch(written):
            refuse(f"{path}.{self.name}", str(self.says))
        return Decimal(written)


@dataclass(frozen=True)
class Shape:
    """What the rows of a table hold: the columns of their key, of which an empty one means any, and the figures."""

    name: str
    keys: tuple[str, ...]
    figures: tuple[Figure, ...]
    needs: tuple[str, ...] = ()

    @property
    def columns(self) -> set[str]:
        return {*self.keys, *(figure.name for figure in self.figures), "from", "until"}


@dataclass(frozen=True)
class Row:
    key: Key
    since: date
    until: date | None
    figures: tuple[Decimal, ...]
    path: str


def parse(shape: Shape, written: Any, path: str) -> tuple[Row, ...]:
    """The rows of a table, those of a key in the order of time. Raises RuleBroken with the path of what is wrong."""
    if not isinstance(written, list) or len(written) > MAX_ROWS:
        refuse(path, _("a list of at most %(count)s rows belongs here.") % {"count": MAX_ROWS})
    rows = [_row(shape, each, f"{path}[{place}]") for place, each in enumerate(written)]
    found = sorted(rows, key=lambda row: (row.key, row.since))
    _check_time(found)
    return tuple(found)


def at(rows: Iterable[Row], month: date) -> dict[Key, tuple[Decimal, ...]]:
    """The figures of each key that hold in a month."""
    holding = (row for row in rows if row.since <= month and (row.until is None or row.until > month))
    return {row.key: row.figures for row in holding}


def most_special(found: Mapping[Key, tuple[Decimal, ...]], key: Key) -> tuple[Decimal, ...] | None:
    """The figures of a key, else of the row that leaves its last parts open, else its first; None where there is none."""
    return next((found[each] for each in _wider(key) if each in found), None)


def _wider(key: Key) -> Iterator[Key]:
    """("phone", "sales"), ("phone", ""), ("", "sales"), ("", "")."""
    if not key:
        yield ()
        return
    for first in dict.fromkeys((key[0], "")):
        for rest in _wider(key[1:]):
            yield (first, *rest)


def _row(shape: Shape, row: Any, path: str) -> Row:
    known_keys(row, shape.columns, path)
    key = tuple(_text(row.get(name, ""), f"{path}.{name}") for name in shape.keys)
    for name, value in zip(shape.keys, key, strict=True):
        if name in shape.needs and not value:
            refuse(f"{path}.{name}", _("this can't be left open."))
    since, until = (_first(row.get(name), f"{path}.{name}") for name in ("from", "until"))
    if until and until <= (since or BEGINNING):
        refuse(f"{path}.until", _("a row must end after it begins."))
    return Row(key, since or BEGINNING, until, tuple(figure.parse(row, path) for figure in shape.figures), path)


def _text(written: Any, path: str) -> str:
    if not isinstance(written, str) or len(written) > 32 or (written and not written.isprintable()):
        refuse(path, _("a text of 1 to %(count)s characters belongs here.") % {"count": 32})
    return written


def _first(written: Any, path: str) -> date | None:
    if written is None or written == "":
        return None
    try:
        found = date.fromisoformat(written) if isinstance(written, str) and len(written) == 10 else None
    except ValueError:
        found = None
    if found is None or found.day != 1 or found < BEGINNING:
        refuse(path, _('the first day of a month, such as "2026-01-01", belongs here.'))
    return found


def _check_time(rows: list[Row]) -> None:
    """One row after the other: no two at once, and no month between them that none tells."""
    for row, following in pairwise(rows):
        if row.key != following.key:
            _check_end(row)
        elif row.since == following.since or (row.until and row.until > following.since):
            refuse(f"{following.path}.from", _("another row holds at this time already."))
        elif row.until and row.until < following.since:
            hole = {"since": row.until, "until": following.since}
            refuse(f"{following.path}.from", _("there is a hole: nothing holds from %(since)s until %(until)s.") % hole)
    if rows:
        _check_end(rows[-1])


def _check_end(row: Row) -> None:
    if row.until:
        refuse(f"{row.path}.until", _("there is a hole: nothing holds from %(since)s on.") % {"since": row.until})
