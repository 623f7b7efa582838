"""Service levels in words: calendars, priorities and targets, a line each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from segmentation.models import Tier
from segmentation.rules import EVERYBODY, sentence
from segmentation.saying import currency_of
from service.clocks.calendars import Calendar
from service.clocks.definition import Levels, Prioritised, Promised, readable
from service.words import Impact, Kind, Priority


@dataclass(frozen=True)
class Line:
    """`whom` is what a ticket is like that it speaks of; `said` are the cells behind it."""

    name: str
    whom: str
    said: tuple[str, ...]
    colour: str = ""


@dataclass(frozen=True)
class Sheet:
    calendars: tuple[Line, ...]
    priorities: tuple[Line, ...]
    slas: tuple[Line, ...]


def sheet_of(levels: Levels) -> Sheet:
    tiers = dict(Tier.objects.values_list("code", "name"))
    return Sheet(
        calendars=tuple(
            Line(_(each.name), said_hours(each), ("" if each.is_always else each.zone,))
            for each in levels.calendars.values()
        ),
        priorities=tuple(
            Line(str(Priority(each.priority).label), _whom(each, tiers), (), each.priority)
            for each in levels.priorities
        ),
        slas=tuple(Line(_(each.name), _whom(each, tiers), _cells(each)) for each in levels.slas),
    )


def _cells(each: Promised) -> tuple[str, ...]:
    target = each.target
    following = "–" if target.next_response is None else said_length(target.next_response)
    warned = f"{target.warn} %"
    return said_length(target.first_response), following, said_length(target.solution), _(target.calendar.name), warned


def said_parts(content: Mapping[str, Any]) -> dict[Any, tuple[str, str]]:
    """(heading, words) by key, for a comparison of two versions."""
    levels = readable(content)
    if levels is None:
        return {}
    sheet = sheet_of(levels)
    said: dict[Any, tuple[str, str]] = {}
    for code, line in zip(levels.calendars, sheet.calendars, strict=True):
        said["calendar", code] = (_("Calendar %(name)s") % {"name": line.name}, f"{line.whom} ({line.said[0]})")
    for place, line in enumerate(sheet.priorities, start=1):
        said["priority", place] = (_("Priority, line %(number)s") % {"number": place}, f"{line.whom} → {line.name}")
    for place, line in enumerate(sheet.slas, start=1):
        words = f"{place}. {line.whom} → {' / '.join(line.said)}"
        said["sla", line.name] = (_("Target “%(name)s”") % {"name": line.name}, words)
    return said


def said_length(length: timedelta) -> str:
    """ "1 h 30 min"."""
    minutes = int(length.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    parts = [
        pgettext("a length of time", "%(count)s h") % {"count": f"{hours:,}"} if hours else "",
        pgettext("a length of time", "%(count)s min") % {"count": rest} if rest or not hours else "",
    ]
    return " ".join(filter(None, parts))


def said_hours(calendar: Calendar) -> str:
    if calendar.is_always:
        return _("always, holidays too")
    days = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    said = [
        f"{days[number]} {', '.join(f'{_clock(since)}–{_clock(until)}' for since, until in spans)}"
        for number, spans in enumerate(calendar.hours)
        if spans
    ]
    if calendar.country:
        said.append(_("not on holidays of %(country)s") % {"country": calendar.country})
    return "; ".join(said)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _whom(line: Prioritised | Promised, tiers: Mapping[str, str]) -> str:
    named = ", ".join(str(tiers[code]) for code in line.tiers if code in tiers)
    parts = [
        named or (_("tiers that no scheme has") if line.tiers else ""),
        _labels(Impact, getattr(line, "impacts", ()), _("impact")),
        _labels(Priority, getattr(line, "priorities", ()), _("priority")),
        _labels(Kind, getattr(line, "kinds", ())),
        "" if line.when == EVERYBODY else sentence(line.when, currency=currency_of("person")),
    ]
    said = "; ".join(filter(None, parts)) or _("every ticket")
    return said[:1].upper() + said[1:]


def _labels(words: Any, chosen: Iterable[str], heading: str = "") -> str:
    said = ", ".join(str(words(each).label) for each in chosen)
    return f"{heading}: {said}" if said and heading else said
