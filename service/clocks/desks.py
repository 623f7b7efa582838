"""A calendar as it is written: read, or refused with the place and a sentence."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

import holidays
from django.conf import settings
from django.utils.translation import gettext as _

from segmentation.checks import codeword, known_keys, text
from segmentation.rules.validation import refuse
from service.clocks.calendars import WEEKDAYS, Calendar

KEYS = {"code", "name", "zone", "holidays", "hours"}
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)
MOST_SPANS = 6


def calendar_of(written: Any, path: str) -> Calendar:
    known_keys(written, KEYS, path)
    text(written.get("name"), 80, f"{path}.name")
    zone, country = written.get("zone", settings.CRM_TIME_ZONE), written.get("holidays", "")
    if not isinstance(zone, str) or zone not in zones():
        refuse(f"{path}.zone", _('a time zone, such as "Asia/Shanghai", belongs here.'))
    if country != "" and (not isinstance(country, str) or not has_holidays(country)):
        refuse(f"{path}.holidays", _('a country, such as "CN" or "GB-ENG", belongs here.'))
    hours = written.get("hours", {})
    known_keys(hours, set(WEEKDAYS), f"{path}.hours")
    week = tuple(_spans(hours.get(day, []), f"{path}.hours.{day}") for day in WEEKDAYS)
    if not any(week):
        refuse(f"{path}.hours", _("a calendar has working hours on at least one day of the week."))
    return Calendar(codeword(written.get("code"), f"{path}.code"), written["name"], zone, week, country)


def _spans(written: Any, path: str) -> tuple[tuple[int, int], ...]:
    if not isinstance(written, list) or len(written) > MOST_SPANS:
        refuse(path, _("hours are written as 09:00-12:00, 13:00-17:30."))
    found: list[tuple[int, int]] = []
    for span in written:
        if not isinstance(span, list) or len(span) != 2 or not all(map(_is_clock, span)):
            refuse(path, _("hours are written as 09:00-12:00, 13:00-17:30."))
        since, until = (int(each[:2]) * 60 + int(each[3:]) for each in span)
        if since >= until or (found and since < found[-1][1]):
            refuse(path, _("hours begin before they end, one after the other."))
        found.append((since, until))
    return tuple(found)


def _is_clock(word: Any) -> bool:
    return isinstance(word, str) and bool(CLOCK.fullmatch(word))


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=64)
def has_holidays(code: str) -> bool:
    known: Mapping[str, list[str]] = holidays.list_supported_countries()
    name, dash, region = code.partition("-")
    return name in known and (not dash or region in known[name])
