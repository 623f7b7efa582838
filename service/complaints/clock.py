"""The clock of the law: from a regime, the day of receipt and what was said, to the last day of each stage. It has no pause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from service.clocks.calendars import is_working_day
from service.complaints.regimes import Regime, Stage

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """`is_open`: it may still be kept to, or was; a stage whose needs were not said in time is not. `missing` are those."""

    stage: Stage
    due_on: date
    is_open: bool
    missing: tuple[str, ...] = ()


def last_day(received_on: date, stage: Stage, country: str) -> date:
    """The day of receipt counts as none."""
    if stage.unit == "calendar":
        return received_on + stage.days * DAY
    day, left = received_on, stage.days
    while left:
        day += DAY
        left -= is_working_day(country, day)
    return day


def deadlines(regime: Regime, received_on: date, said: Iterable[tuple[str, date]]) -> list[Deadline]:
    """Of every stage. `said` are what was said on which day; only what was said in time opens a stage."""
    first: dict[str, date] = {}
    for act, on in said:
        first[act] = min(on, first.get(act, on))
    found: list[Deadline] = []
    until: date | None = None
    for stage in regime.stages:
        due_on = last_day(received_on, stage, regime.country)
        missing = tuple(need for need in stage.needs if until and not (need in first and first[need] <= until))
        found.append(Deadline(stage, due_on, not missing, missing))
        until = due_on if not missing else until
    return found


def due(found: list[Deadline]) -> Deadline:
    """The stage that holds: the last that is open."""
    return [each for each in found if each.is_open][-1]
