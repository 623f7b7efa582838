"""One spelling for each piece of contact data, and the keyed hash by which it is found again."""

import re
from collections.abc import Mapping

import phonenumbers
from django.utils.translation import gettext_lazy as _

from crm.base.crypto import keyed_hash
from crm.base.errors import RuleBroken
from customers.names import folded

KINDS = ("national_id", "phone", "email", "address")
LABELS = {"phone": _("Phone"), "email": _("E-mail"), "national_id": _("National id"), "address": _("Address")}
REGION = "CN"
MAINLAND_MOBILE = re.compile(r"1[3-9][0-9]{9}\Z", re.ASCII)
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+\Z")
NATIONAL_ID = re.compile(r"[A-Z0-9/.()-]{4,32}\Z", re.ASCII)
BLANKS = re.compile(r"\s+")


def _phone(text: str) -> str:
    """E.164: +8613812345678. A number without a country is a Chinese one."""
    if MAINLAND_MOBILE.match(text):
        return "+86" + text
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        raise RuleBroken(_("This is not a phone number."), field="phone", code="phone") from None
    if not phonenumbers.is_possible_number(number):
        raise RuleBroken(_("This is not a phone number."), field="phone", code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    text = text.casefold()
    if not EMAIL.match(text):
        raise RuleBroken(_("This is not an e-mail address."), field="email", code="email")
    return text


def _national_id(text: str) -> str:
    text = BLANKS.sub("", text).upper()
    if not NATIONAL_ID.match(text):
        raise RuleBroken(_("This is not the number of an id document."), field="national_id", code="national_id")
    return text


def _address(text: str) -> str:
    return BLANKS.sub(" ", folded(text))


NORMALISERS = {"national_id": _national_id, "phone": _phone, "email": _email, "address": _address}


def normalised(kind: str, text: str) -> str:
    """The one spelling that is hashed; empty stays empty. Refuses what can't be of that kind."""
    text = text.strip()
    return NORMALISERS[kind](text) if text else ""


def kept(kind: str, text: str) -> str:
    """What is stored: the normalised value, but an address as it was written."""
    return normalised(kind, text) if kind != "address" else text.strip()


def hash_of(kind: str, text: str) -> bytes | None:
    """The keyed hash of a value that may still be in any spelling; None for an empty one."""
    spelling = normalised(kind, text)
    return keyed_hash(spelling) if spelling else None


def hash_of_typed(kind: str, text: str) -> bytes | None:
    """As `hash_of`; None, too, for what is no value of the kind yet."""
    try:
        return hash_of(kind, text)
    except RuleBroken:
        return None


def hashes(values: Mapping[str, str]) -> dict[str, bytes | None]:
    """`{"phone": ...}` to `{"phone_hash": ...}`."""
    return {f"{kind}_hash": hash_of(kind, text) for kind, text in values.items()}
