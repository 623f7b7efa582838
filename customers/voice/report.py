"""What customers wanted in a month, for the product department: figures and words, and nobody's name.

A figure is the needs of a product, a wish, and whether it is met. It is shown where at least five customers said so; there are
no totals from which a hidden one could be had, a change only where both months are shown, and nothing of a month that
still goes on, or whose last needs can still be withdrawn: the difference of two days would be a customer.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from crm.base.days import midnight
from crm.base.sql import rows_of
from customers.models import Need, Product

SQL = Path(__file__).with_name("sql")
FEWEST, QUOTES = 5, 3
LATE = timedelta(days=1)  # as long as a need can be withdrawn
NUMBERS = re.compile(r"\d(?:[\s-]?\d){3,}")
Key = tuple[str, str, str]


@dataclass
class Line:
    """`met` and `unmet` are None where fewer than five customers said so, the changes where either month is hidden."""

    family: str
    product: str
    wish: str
    met: int | None = None
    unmet: int | None = None
    met_change: int | None = None
    unmet_change: int | None = None
    quotes: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    @property
    def what(self) -> str:
        return self.product or str(Product.Family(self.family).label)

    @property
    def wish_said(self) -> str:
        return str(Need.Wish(self.wish).label)


@dataclass(frozen=True)
class Report:
    """`is_cut`: there were needs that too few customers had to be told of."""

    month: date
    lines: list[Line]
    is_cut: bool


def months(today: date) -> list[date]:
    """Those that can be reported, the newest first: the last twelve that are over and settled."""
    newest = _before((today - LATE).replace(day=1))
    found = [newest]
    while len(found) < 12:
        found.append(_before(found[-1]))
    return found


def report(month: date) -> Report:
    """Of a month by its first day; `months` says of which. Three queries."""
    figures, is_cut = _figures(month)
    before, _is_cut = _figures(_before(month))
    lines: dict[Key, Line] = {}
    for (*key, is_met), needs in figures.items():
        line = lines.setdefault((key[0], key[1], key[2]), Line(*key))
        name = "met" if is_met else "unmet"
        setattr(line, name, needs)
        if (known := before.get((*key, is_met))) is not None:
            setattr(line, f"{name}_change", needs - known)
    _add_words(month, lines, figures)
    return Report(
        month, sorted(lines.values(), key=lambda line: (-(line.unmet or 0), -(line.met or 0), line.what)), is_cut
    )


def _figures(month: date) -> tuple[dict[tuple, int], bool]:
    rows = rows_of(SQL / "month.sql", **_span(month))
    shown = {_key(row): row["needs"] for row in rows if row["customers"] >= FEWEST}
    return shown, len(shown) < len(rows)


def _add_words(month: date, lines: dict[Key, Line], figures: dict[tuple, int]) -> None:
    """Of the figures that are shown: the newest words, one of a customer; and who meets the need where five name them."""
    rivals: dict[tuple, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = sorted(rows_of(SQL / "quotes.sql", **_span(month)), key=lambda row: row["noted_at"], reverse=True)
    for row in rows:
        key = _key(row)
        if key not in figures:
            continue
        line = lines[key[:3]]
        if row["quote"] and len(line.quotes) < QUOTES and (quote := _without_names(row)) not in line.quotes:
            line.quotes.append(quote)
        if row["met_by"]:
            rivals[key[:3]][row["met_by"].casefold()].add(row["customer_id"])
    for key, named in rivals.items():
        lines[key].elsewhere = sorted(name for name, customers in named.items() if len(customers) >= FEWEST)


def _key(row: dict[str, Any]) -> tuple:
    return row["family"], row["product"] or "", row["wish"], row["is_met"]


def _without_names(row: dict[str, Any]) -> str:
    """Once more: the customer may be called otherwise by now, and numbers of four digits say too much."""
    text = NUMBERS.sub("***", row["quote"])
    for name in (row["customer_name"], row["sort_key"], row["sort_key"].replace(" ", ""), row["customer_number"]):
        if name:
            text = re.sub(re.escape(name), "***", text, flags=re.I)
    return text


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _span(month: date) -> dict[str, datetime]:
    following = (month + timedelta(days=31)).replace(day=1)
    since, until = (midnight(day) for day in (month, following))
    return {"since": since, "until": until}
