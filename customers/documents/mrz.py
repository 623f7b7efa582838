"""The two lines that a machine reads at the foot of a passport: ICAO 9303, each part with a check digit (7, 3, 1)."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.models import Customer

LENGTH = 44
SECOND = re.compile(r"[A-Z0-9<]{44}\Z", re.ASCII)
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SEXES = {"M": Customer.Sex.MALE, "F": Customer.Sex.FEMALE, "<": ""}
LONGEST = 20


@dataclass(frozen=True)
class Zone:
    number: str
    nationality: str
    birth_date: date
    sex: str
    valid_until: date


def check_digit(text: str) -> str:
    values = (0 if letter == "<" else LETTERS.index(letter) for letter in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def read_zone(text: str, *, as_of: date) -> Zone:
    """Of both lines, or the second alone. Raises RuleBroken where one of its check digits does not fit."""
    line = re.sub(r"\s+", "", text).upper()[-LENGTH:]
    if not SECOND.match(line):
        raise _wrong(_("The second line at the foot of a passport has 44 letters, digits and <."))
    parts = {
        _("number"): (line[0:9], line[9]),
        _("day of birth"): (line[13:19], line[19]),
        _("last day"): (line[21:27], line[27]),
        _("whole line"): (line[0:10] + line[13:20] + line[21:43], line[43]),
    }
    if line[28:42].strip("<") or line[42] != "<":
        parts[_("personal number")] = (line[28:42], line[42])
    for name, (part, digit) in parts.items():
        if check_digit(part) != digit:
            raise _wrong(_("The check digit of the %(part)s does not fit: a character is mistyped.") % {"part": name})
    if line[20] not in SEXES:
        raise _wrong(_("The line holds no sex where it stands on a passport."))
    return Zone(
        number=line[0:9].rstrip("<"),
        nationality=line[10:13].rstrip("<"),
        birth_date=_day(line[13:19], latest=as_of),
        sex=SEXES[line[20]],
        valid_until=_day(line[21:27], latest=date(as_of.year + LONGEST, 12, 31)),
    )


def _day(text: str, *, latest: date) -> date:
    """Two digits of a year: the last such year that is not after `latest`."""
    try:
        year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
        century = latest.year // 100 * 100
        found = date(century + year, month, day)
        return found if found <= latest else date(century - 100 + year, month, day)
    except ValueError:
        raise _wrong(_("The line holds a day that there is not.")) from None


def _wrong(text: str) -> RuleBroken:
    return RuleBroken(text, field="mrz", code="mrz")
