"""The other end of a relation or guarantee: a customer of ours, or a party that is named."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.companies.promises import promised
from customers.models import OutsideParty
from customers.names import folded

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@transaction.atomic
def outside_party(
    *,
    name: str,
    by: User | str,
    kind: str = OutsideParty.Kind.COMPANY,
    country: str = "",
    lei: str = "",
    registration_number: str = "",
) -> OutsideParty:
    """The one with this LEI or registration number, or a new one. Who is known by a name alone is never taken for another."""
    said = {"country": country.strip().upper(), "lei": lei.strip().upper()}
    said["registration_number"] = registration_number.strip().upper()
    name = " ".join(name.split())
    if kind == OutsideParty.Kind.PERSON and (said["lei"] or said["registration_number"]):
        raise RuleBroken(_("Of a person outside the bank only the name and country are kept."), field="kind")
    _refuse(name, **said)
    if known := _known(**said):
        if folded(known.name) != folded(name):
            field = "lei" if said["lei"] else "registration_number"
            raise RuleBroken(_("This number belongs to %(name)s.") % {"name": known.name}, field=field)
        return known
    with promised():
        made = OutsideParty.objects.create(kind=kind, name=name, **said)
    audit.record("outside_party.noted", made, by=by)
    return made


def ends_of(said: dict[str, Any], by: User | str) -> dict[str, Any]:
    """`party`, or the named party under `outsider`, as the fields of a row; refuses both and neither."""
    party, named = said.get("party"), said.get("outsider")
    if bool(party) == bool(named):
        raise RuleBroken(_("Name a customer of the bank, or a party outside it."), field="party")
    if isinstance(named, dict):
        named = outside_party(**named, by=by)
    return {"party": party, "outsider": named or None}


def _known(*, country: str, lei: str, registration_number: str) -> OutsideParty | None:
    if lei and (found := OutsideParty.objects.filter(lei=lei).first()):
        return found
    if registration_number:
        return OutsideParty.objects.filter(country=country, registration_number=registration_number).first()
    return None


def _refuse(name: str, *, country: str, lei: str, registration_number: str) -> None:
    if not name:
        raise RuleBroken(_("This must not be empty."), field="name")
    if country and (len(country) != 2 or not (country.isascii() and country.isalpha())):
        raise RuleBroken(_("A country has two letters: DE, US, HK."), field="country")
    if registration_number and not country:
        raise RuleBroken(_("A registration number belongs to a country."), field="country")
    if lei and not is_lei(lei):
        raise RuleBroken(_("This is no LEI: 20 characters, the last two of which check the others."), field="lei")


def is_lei(text: str) -> bool:
    """ISO 17442: 18 letters and digits, and two digits that make the whole 1 modulo 97 (ISO 7064)."""
    if len(text) != 20 or not set(text) <= set(ALPHABET) or not text[18:].isdigit():
        return False
    return int("".join(str(ALPHABET.index(sign)) for sign in text)) % 97 == 1
