"""The rows of a manager's day, for the page and for programs."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from crm.base.sql import rows_of_text
from crm.identity.models import User
from crm.identity.scope import scope_of
from managers.cadence.due import ANSWERED, LIVE
from managers.day.sources import Source, sources, statement

MOST = 200
KEY = re.compile(r"[a-z_]+:[\w:.-]{1,80}", re.ASCII)


@dataclass(frozen=True)
class Named:
    """As much of a customer as a row says."""

    name: str
    number: str
    sort_key: str

    def __str__(self) -> str:
        return self.name or self.number


@dataclass(frozen=True)
class Row:
    """`reason` in words; `owner` is whose book it is of, where that is another's."""

    source: Source
    key: str
    customer_id: int | None
    customer: Named | None
    tier: str
    tier_code: str
    due_on: date
    source_on: date | None
    figures: dict[str, Any]
    owner_id: int | None
    score: int

    @property
    def reason(self) -> str:
        return self.source.said(self.figures, self.due_on)

    @property
    def url(self) -> str:
        return self.source.url(self.figures)

    @property
    def is_task(self) -> bool:
        return self.source.kind == "task"

    @property
    def about(self) -> str:
        return self.key.partition(":")[2]


@dataclass(frozen=True)
class Day:
    """`total` rows, of which these are the most pressing."""

    rows: list[Row]
    total: int


def day_of(user: User, *, on: date, most: int = MOST, kind: str = "", key: str = "") -> Day:
    """Of the own book and of those that the user covers, one question however many sources there are."""
    known = {source.kind: source for source in sources() if user.may(source.permission)}
    owners = sorted(scope_of(user).owners)
    if not owners or not known or (kind and kind not in known):
        return Day([], 0)
    asked = asked_of(owners, user.pk, on, most) | {"kind": kind, "key": key}
    found = rows_of_text(statement(tuple(known)), **asked)
    return Day([_row(each, known) for each in found], found[0]["total"] if found else 0)


def asked_of(owners: list[int], user: int, day: date, most: int) -> dict[str, Any]:
    """The parameters of the statement, where nothing narrows it."""
    return {
        "owners": owners, "user": user, "day": day, "zone": settings.TIME_ZONE, "most": most, "kind": "", "key": "",
        "live": [str(each) for each in LIVE], "answered": [str(each) for each in ANSWERED],
    }  # fmt: skip


def _row(said: dict[str, Any], known: dict[str, Source]) -> Row:
    key = said["customer_id"]
    return Row(
        source=known[said["kind"]],
        key=said["key"],
        customer_id=key,
        customer=Named(said["name"], said["number"], said["sort_key"]) if key else None,
        tier=said["tier"] or "",
        tier_code=said["tier_code"] or "",
        due_on=said["due_on"],
        source_on=said["source_on"],
        figures=json.loads(said["figures"]),
        owner_id=said["manager_id"],
        score=said["score"],
    )


def row_of(user: User, key: str, *, on: date) -> Row | None:
    """None where nothing by that key stands on the day of the user."""
    if not KEY.fullmatch(key):
        return None
    return next(iter(day_of(user, on=on, most=1, key=key).rows), None)
