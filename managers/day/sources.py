"""What puts rows on the day of a manager: slot "day.sources".

A source is a statement over the CTE `book` (id, manager_id of the customers in reach) and the parameters `day`, `zone`, `user`,
`owners`, which selects

    about (text, names the matter within its kind: another occasion, another about), customer_id (or NULL), due_on, source_on (the
    day that the reason is of), figures (jsonb: what its sentence needs), lift (integer, added to `base`)

so that all of them together are one question to the database. An upper app contributes its own: it knows its tables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

from crm.base.slots import contributions
from crm.base.sql import text_of

SLOT = "day.sources"
DAY = Path(__file__).parent / "sql" / "day.sql"
Figures = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Source:
    """`base` ranks it among the others, from 0 to 1000. `said(figures, due_on)` is the reason in words, `permission` what its rows
    are read with, `url(figures)` where the matter itself is; "" the customer's page."""

    kind: str
    label: str | Promise
    icon: str
    base: int
    statement: Path
    said: Callable[[Figures, Any], str]
    permission: str
    url: Callable[[Figures], str] = lambda figures: ""
    purpose: str = "care"


def sources() -> list[Source]:
    return contributions(SLOT)


def source_of(kind: str) -> Source:
    return next(source for source in sources() if source.kind == kind)


@cache
def statement(kinds: tuple[str, ...]) -> str:
    """Of the sources of these kinds, put together once."""
    parts = [
        f"SELECT '{source.kind}' AS kind, {source.base} AS base, {source.kind}.* FROM ({text_of(source.statement)}) {source.kind}"  # noqa: S608  a word of the code's
        for source in sources()
        if source.kind in kinds
    ]
    return text_of(DAY).format(matters=" UNION ALL ".join(parts))
