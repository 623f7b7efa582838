"""Service levels, parsed: the calendars of the bank's desks, which priority a ticket has, and how long its answers may take.

Content: {"calendars": [{"code": "office", "name": "Office hours", "zone": "Asia/Shanghai", "holidays": "CN",
                         "hours": {"mon": [["09:00", "12:00"], ["13:00", "17:30"]]}}],
          "priorities": [{"tiers": ["private"], "impacts": ["high"], "priority": "urgent"}, {"priority": "normal"}],
          "slas": [{"name": "Urgent", "priorities": ["urgent"], "kinds": [], "tiers": [], "when": {},
                    "first_response_minutes": 60, "next_response_minutes": 120, "solution_minutes": 1440,
                    "calendar": "24x7", "warn_percent": 75}]}
The first line that picks a ticket speaks, and the last one picks every ticket. A calendar 24x7 is always there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from segmentation.checks import known_keys, one_of, rule, text, tier_codes, whole
from segmentation.rules import EVERYBODY, Purpose, Rule
from segmentation.rules.validation import refuse
from segmentation.stored import Stored
from service.clocks.calendars import ALWAYS, Calendar
from service.clocks.clock import Target
from service.clocks.desks import calendar_of
from service.words import Impact, Kind, Priority

PATH = "service_levels"
PARTS = ("calendars", "priorities", "slas")
PRIORITY_KEYS = {"tiers", "impacts", "when", "priority"}
SLA_KEYS = {
    *("name", "tiers", "priorities", "kinds", "when", "calendar", "warn_percent"),
    *("first_response_minutes", "next_response_minutes", "solution_minutes"),
}
MOST_LINES, MOST_MINUTES, WARN = 100, 366 * 24 * 60, 75
# no answer may take longer than this by the calendar on the wall, however short the hours of its desk are
LONGEST = timedelta(days=2 * 366)
T = TypeVar("T")


@dataclass(frozen=True)
class Prioritised:
    priority: str
    when: Rule
    tiers: tuple[str, ...] = ()
    impacts: tuple[str, ...] = ()

    @property
    def is_for_all(self) -> bool:
        return not (self.tiers or self.impacts) and self.when == EVERYBODY


@dataclass(frozen=True)
class Promised:
    name: str
    when: Rule
    target: Target
    tiers: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def is_for_all(self) -> bool:
        return not (self.tiers or self.priorities or self.kinds) and self.when == EVERYBODY


@dataclass(frozen=True)
class Levels:
    calendars: Mapping[str, Calendar]
    priorities: tuple[Prioritised, ...]
    slas: tuple[Promised, ...]

    @classmethod
    def parse(cls, content: Any, *, path: str = PATH) -> "Levels":
        """By itself: whether tiers and segments are known is asked elsewhere. Raises RuleBroken with a path."""
        known_keys(content, set(PARTS), path)
        desks = _rows(content, "calendars", path, calendar_of)
        for place, desk in enumerate(desks):
            if desk.code in [ALWAYS.code, *(each.code for each in desks[:place])]:
                refuse(f"{path}.calendars[{place}].code", _("“%(code)s” stands here twice.") % {"code": desk.code})
        calendars = {desk.code: desk for desk in (ALWAYS, *desks)}
        return cls(
            calendars=calendars,
            priorities=_for_all(_rows(content, "priorities", path, _prioritised), f"{path}.priorities"),
            slas=_for_all(
                _rows(content, "slas", path, lambda row, place: _promised(row, place, calendars)), f"{path}.slas"
            ),
        )


def _rows(content: Mapping, name: str, path: str, parse: Callable[[Any, str], T]) -> tuple[T, ...]:
    written = content.get(name, [])
    if not isinstance(written, list) or len(written) > MOST_LINES:
        refuse(f"{path}.{name}", _("a list of at most %(count)s lines belongs here.") % {"count": MOST_LINES})
    return tuple(parse(row, f"{path}.{name}[{place}]") for place, row in enumerate(written))


def _for_all(lines: tuple[Any, ...], path: str) -> tuple[Any, ...]:
    """Every open ticket has a due time: one line at least picks whatever the others leave."""
    if not lines or not lines[-1].is_for_all:
        refuse(path, _("the last line has no condition, so that every ticket has one."))
    return lines


def _prioritised(written: Any, path: str) -> Prioritised:
    known_keys(written, PRIORITY_KEYS, path)
    one_of(written.get("priority"), list(Priority.values), f"{path}.priority")
    return Prioritised(
        written["priority"],
        rule(written.get("when"), Purpose.SLA, f"{path}.when"),
        tier_codes(written.get("tiers", []), f"{path}.tiers"),
        _words(written.get("impacts", []), list(Impact.values), f"{path}.impacts"),
    )


def _promised(written: Any, path: str, calendars: Mapping[str, Calendar]) -> Promised:
    known_keys(written, SLA_KEYS, path)
    name = written.get("name", _("Every ticket"))
    text(name, 80, f"{path}.name")
    code = written.get("calendar", ALWAYS.code)
    if not isinstance(code, str) or code not in calendars:
        refuse(f"{path}.calendar", _("no calendar has this code."))
    calendar = calendars[code]
    first = _minutes(written.get("first_response_minutes"), f"{path}.first_response_minutes", calendar)
    following = written.get("next_response_minutes")
    target = Target(
        first_response=first,
        next_response=None if following is None else _minutes(following, f"{path}.next_response_minutes", calendar),
        solution=_minutes(written.get("solution_minutes"), f"{path}.solution_minutes", calendar),
        calendar=calendar,
        warn=whole(written.get("warn_percent", WARN), 1, 99, f"{path}.warn_percent"),
    )
    if target.solution < first:
        refuse(f"{path}.solution_minutes", _("a solution takes no less time than the first response."))
    return Promised(
        name,
        rule(written.get("when"), Purpose.SLA, f"{path}.when"),
        target,
        tier_codes(written.get("tiers", []), f"{path}.tiers"),
        _words(written.get("priorities", []), list(Priority.values), f"{path}.priorities"),
        _words(written.get("kinds", []), list(Kind.values), f"{path}.kinds"),
    )


def _minutes(value: Any, path: str, calendar: Calendar) -> timedelta:
    found = timedelta(minutes=whole(value, 1, MOST_MINUTES, path))
    if found / calendar.weekly * 7 > LONGEST / timedelta(days=1):
        refuse(path, _("with so few working hours this would take more than two years."))
    return found


def _words(value: Any, known: list[str], path: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > len(known):
        refuse(path, _("a list of these words belongs here: %(words)s.") % {"words": ", ".join(known)})
    for place, word in enumerate(value):
        one_of(word, known, f"{path}[{place}]")
    return tuple(dict.fromkeys(value))


STORED = Stored(Levels.parse, most=64)
parsed, readable = STORED.parsed, STORED.readable
