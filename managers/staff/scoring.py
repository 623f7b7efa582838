"""The yearly scorecard: figures of a manager's year, each a share of two sums whose rows can be looked at.

Slot "scorecard.figures": a `Figure`; one of the codes of ORDER takes its place there, and what nobody contributed is not shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.base.sql import rows_of
from crm.identity.models import User
from customers.services.managers import refuse_assigning
from managers.models import Scorecard

SQL = Path(__file__).parent / "sql"
SLOT = "scorecard.figures"
ORDER = ("growth", "retention", "cadence", "satisfaction", "compliance")
FIRST_YEAR = 2000


Rows = Callable[[Sequence[int], date, date], list[dict[str, Any]]]


@dataclass(frozen=True)
class Figure:
    """`rows(managers, since, until)` tells manager_id, customer_id, part, whole of the days from `since` to before `until`, the day
    after the last that is over: one statement. The figure is sum(part) / sum(whole). `formula` says it in words.

    One of a card that was closed has neither formula nor rows where its room has gone.
    """

    code: str
    label: str | Promise
    formula: str | Promise = ""
    rows: Rows | None = None
    is_money: bool = False


def of_file(name: str) -> Rows:
    """A statement of %(managers)s, %(since)s and %(until)s; %(currency)s and %(zone)s are the bank's."""

    def rows(managers: Sequence[int], since: date, until: date) -> list[dict[str, Any]]:
        of_bank = {"currency": settings.CRM_BASE_CURRENCY, "zone": settings.TIME_ZONE}
        return rows_of(SQL / f"{name}.sql", managers=list(managers), since=since, until=until, **of_bank)

    return rows


@dataclass(frozen=True)
class Score:
    """`value` is in percent with one digit, rounded half up once; None where `whole` is zero."""

    figure: Figure
    part: Decimal | None = None
    whole: Decimal | None = None

    @property
    def value(self) -> Decimal | None:
        if self.part is None or not self.whole:
            return None
        return (self.part * 100 / self.whole).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def told(self) -> dict[str, str | None]:
        told = {"part": self.part, "whole": self.whole, "value": self.value}
        return {name: None if number is None else str(number) for name, number in told.items()}


GROWTH = Figure(
    "growth",
    gettext_lazy("Growth"),
    gettext_lazy(
        "What the customers of the last month end have more in month average than at the end of the year before."
    ),
    of_file("growth"),
    is_money=True,
)
RETENTION = Figure(
    "retention",
    gettext_lazy("Retention"),
    gettext_lazy("Customers of the first day of the year who have not closed, of all who were there then."),
    of_file("retention"),
)
COMPLIANCE = Figure(
    "compliance",
    gettext_lazy("Compliance"),
    gettext_lazy(
        "KYC reviews, documents, renewals and refused postings that were closed in time, of all that were due."
    ),
    of_file("compliance"),
)


def figures() -> dict[str, Figure]:
    """In order."""
    said = {figure.code: figure for figure in contributions(SLOT)}
    return {code: said[code] for code in dict.fromkeys((*ORDER, *said)) if code in said}


def rows_of_figure(figure: Figure, managers: Sequence[int], year: int, today: date) -> list[dict[str, Any]]:
    """Of the days of the year that are over."""
    if figure.rows is None:
        return []
    return figure.rows(managers, date(year, 1, 1), min(date(year + 1, 1, 1), today))


def reckon(managers: Sequence[int], year: int, today: date) -> dict[int, list[Score]]:
    """A statement for each figure, however many managers."""
    found: dict[int, list[Score]] = {manager: [] for manager in managers}
    for figure in figures().values():
        sums = {manager: [Decimal(0), Decimal(0)] for manager in managers}
        for row in rows_of_figure(figure, managers, year, today):
            sums[row["manager_id"]][0] += row["part"]
            sums[row["manager_id"]][1] += row["whole"]
        for manager, (part, whole) in sums.items():
            found[manager].append(Score(figure, part, whole))
    return found


def kept(card: Scorecard) -> list[Score]:
    """What was found when the year was closed; what had no figure then is left out where nobody tells of it any more."""
    known = figures()
    return [
        Score(
            known.get(code) or Figure(code, code), *(told[name] and Decimal(told[name]) for name in ("part", "whole"))
        )
        for code, told in card.figures.items()
        if code in known or told["part"] is not None
    ]


@transaction.atomic
def close_year(*, manager: User, year: int, by: User, at: datetime) -> Scorecard:
    """Keep what the year came to. Raises RuleBroken before it is over, and the second time."""
    refuse_assigning(by)
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=manager.pk)
    today = timezone.localdate(at)
    if not FIRST_YEAR <= year < today.year:
        raise RuleBroken(_("A year is closed when it is over."), field="year")
    if Scorecard.objects.filter(manager=manager, year=year).exists():
        raise RuleBroken(_("This year is closed already."), field="year", code="closed")
    told = {score.figure.code: score.told() for score in reckon([manager.pk], year, today)[manager.pk]}
    card = Scorecard.objects.create(manager_id=manager.pk, year=year, figures=told, closed_by=by, closed_at=at)
    values = {code: each["value"] for code, each in told.items()}
    audit.record("scorecard.closed", card, by=by, manager=manager.username, year=year, values=values)
    return card
