"""Numbers of documents, in one spelling, with their check digits tested. Each test returns what else the number says.

Resident ids: GB 11643 with ISO 7064 MOD 11-2. Unified social credit codes: GB 32100 with MOD 31. Registration numbers
of licences: GS 15 with ISO 7064 MOD 11,10.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.models import Customer, Document
from customers.querysets.search import NOISE

Type = Document.Type
PROVINCES = frozenset(["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"])  # fmt: skip
ISLANDS = frozenset({"810000", "820000", "830000"})
ID_CARD = re.compile(r"[0-9]{17}[0-9X]\Z", re.ASCII)
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE = re.compile(rf"[{CREDIT_LETTERS}]{{18}}\Z", re.ASCII)
REGISTRATION = re.compile(r"[0-9]{15}\Z", re.ASCII)
SHAPES: Mapping[str, re.Pattern[str]] = {
    # ordinary, and those of diplomats, officials and on public affairs
    Type.PASSPORT: re.compile(r"(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|(?:DE|SE|PE)[0-9]{7})\Z", re.ASCII),
    Type.FOREIGN_PASSPORT: re.compile(r"(?=.*[0-9])[A-Z0-9]{5,15}\Z", re.ASCII),
    # eight digits are the person's; the older card adds how often it was issued
    Type.HK_MACAU_PERMIT: re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?\Z", re.ASCII),
    Type.TAIWAN_PERMIT: re.compile(r"(?:[0-9]{8}|[0-9]{10}[A-Z]?)\Z", re.ASCII),
    Type.FINANCIAL_LICENCE: re.compile(r"[A-Z][0-9]{4}[A-Z][0-9]{9}\Z", re.ASCII),
}


@dataclass(frozen=True)
class Said:
    """What a number tells of its holder; nothing of most."""

    birth_date: date | None = None
    sex: str = ""


def spelt(text: str) -> str:
    """Capital letters and digits alone."""
    return NOISE.sub("", text).upper()


def check_number(type_: str, number: str, *, as_of: date) -> Said:
    """`number` as `spelt`. Raises RuleBroken, with what is wrong."""
    return CHECKS[type_](number, as_of)


def _wrong(text: str) -> RuleBroken:
    return RuleBroken(text, field="number", code="number")


def resident_check(first: str) -> str:
    """The eighteenth character for the seventeen digits before it: ISO 7064 MOD 11-2."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first))
    return "10X98765432"[total % 11]


def credit_check(first: str) -> str:
    """The eighteenth character for the seventeen before it: MOD 31 with the weights 3^i."""
    total = sum(CREDIT_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(first))
    return CREDIT_LETTERS[-total % 31]


def registration_check(first: str) -> str:
    """The fifteenth digit for the fourteen before it: ISO 7064 MOD 11,10."""
    product = 10
    for digit in first:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def _card(number: str, as_of: date) -> Said:
    """What the cards of eighteen characters have in common: birth date, sex, check digit."""
    if not ID_CARD.match(number):
        raise _wrong(_("This number has 18 characters: 17 digits, and a digit or X."))
    if resident_check(number[:17]) != number[17]:
        raise _wrong(_("The last character does not fit the others: a digit is mistyped."))
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise _wrong(_("The number holds no day of birth.")) from None
    if not date(1870, 1, 1) <= born <= as_of:
        raise _wrong(_("Nobody alive was born on the day that this number holds."))
    return Said(born, Customer.Sex.MALE if int(number[16]) % 2 else Customer.Sex.FEMALE)


def _resident(number: str, as_of: date) -> Said:
    said = _card(number, as_of)
    if number[:2] not in PROVINCES or number[:6] in ISLANDS - {"830000"}:
        raise _wrong(_("No province has the number with which this one begins."))
    return said


def _islander(number: str, as_of: date) -> Said:
    if number[:6] not in ISLANDS:
        raise _wrong(_("The number of such a permit begins with 810000, 820000 or 830000."))
    return _card(number, as_of)


def _foreign_resident(number: str, as_of: date) -> Said:
    """The card of 2023 counts like a resident's and begins with 9; the older one has three letters and twelve digits."""
    if re.match(r"[A-Z]{3}[0-9]{12}\Z", number, re.ASCII):
        return Said()
    if not number.startswith("9"):
        raise _wrong(_("The number of such a card begins with 9, or with three letters on an older one."))
    return _card(number, as_of)


def _credit_code(number: str, as_of: date) -> Said:
    if not CREDIT_CODE.match(number):
        raise _wrong(_("A credit code has 18 characters: digits, and letters but for I, O, S, V and Z."))
    if credit_check(number[:17]) != number[17]:
        raise _wrong(_("The last character does not fit the others: a digit is mistyped."))
    return Said()


def _licence(number: str, as_of: date) -> Said:
    if not REGISTRATION.match(number):
        return _credit_code(number, as_of)
    if registration_check(number[:14]) != number[14]:
        raise _wrong(_("The last character does not fit the others: a digit is mistyped."))
    return Said()


def _shaped(type_: str, text: Callable[[], str]) -> Callable[[str, date], Said]:
    def check(number: str, as_of: date) -> Said:
        if not SHAPES[type_].match(number):
            raise _wrong(text())
        return Said()

    return check


CHECKS: Mapping[str, Callable[[str, date], Said]] = {
    Type.RESIDENT_ID: _resident,
    Type.HOUSEHOLD_REGISTER: _resident,
    Type.RESIDENCE_PERMIT: _islander,
    Type.FOREIGN_RESIDENT: _foreign_resident,
    Type.CREDIT_CODE: _credit_code,
    Type.LICENCE: _licence,
    Type.PASSPORT: _shaped(Type.PASSPORT, lambda: _("A Chinese passport is a letter E or G and 8 digits, or two letters and 7.")),
    Type.FOREIGN_PASSPORT: _shaped(Type.FOREIGN_PASSPORT, lambda: _("A passport has 5 to 15 letters and digits.")),
    Type.HK_MACAU_PERMIT: _shaped(Type.HK_MACAU_PERMIT, lambda: _("Such a permit is H or M and 8 digits, or 10 on an older one.")),
    Type.TAIWAN_PERMIT: _shaped(Type.TAIWAN_PERMIT, lambda: _("Such a permit has 8 digits, or 10 and a letter on an older one.")),
    Type.FINANCIAL_LICENCE: _shaped(Type.FINANCIAL_LICENCE, lambda: _("A financial licence is a letter, 4 digits, a letter and 9 digits.")),
}  # fmt: skip
