"""The other end of a relation or guarantee: a customer of ours, or a party that is named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.companies.promises import promised
from customers.companies.services import person
from customers.models import OutsideParty
from customers.names import folded
from customers.services.versions import STALE

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@transaction.atomic
def outside_party(
    *, name: str, by: User | str, at: datetime, kind: str = OutsideParty.Kind.COMPANY, **numbers: str
) -> OutsideParty:
    """The one with this LEI or registration number, or a new one. Who is known by a name alone is never taken for another.

    `numbers`: country, lei, registration_number.
    """
    said = _spelt(kind, {"name": name, **numbers})
    if known := _known(said):
        if folded(known.name) != folded(said["name"]):
            field = "lei" if said["lei"] else "registration_number"
            raise RuleBroken(_("This number belongs to %(name)s.") % {"name": known.name}, field=field)
        return known
    with promised():
        made = OutsideParty.objects.create(kind=kind, by=person(by), noted_at=at, **said)
    audit.record("outside_party.noted", made, by=by)
    return made


@transaction.atomic
def correct_party(
    *, party: OutsideParty, reason: str, by: User, at: datetime, version: int | None = None, **said: str
) -> OutsideParty:
    """What was mistyped of it (CORRECTABLE), for all who name it; what stood before stays in its history.

    Only where every company that names it is in reach. `version` is the one that was read.
    """
    party = OutsideParty.objects.for_change(party)
    if version is not None and party.version != version:
        raise RuleBroken(_("Somebody corrected this in the meantime. Look at it again."), code=STALE)
    before = {name: getattr(party, name) for name in OutsideParty.CORRECTABLE}
    after = _spelt(party.kind, before | said)
    differing = sorted(name for name in before if after[name] != before[name])
    if not differing:
        return party
    if not OutsideParty.objects.writable_by(by).filter(pk=party.pk).exists():
        text = _("A company out of your reach names this party too. Whoever reaches all of them corrects it.")
        raise RuleBroken(text, code="reach")
    party.reason = " ".join(reason.split())
    if not party.reason:
        raise RuleBroken(_("Say why."), field="reason", code="required")
    for name in differing:
        setattr(party, name, after[name])
    party.by, party.noted_at, party.version = by, at, party.version + 1
    with promised():
        party.save(update_fields=[*differing, "reason", "by", "noted_at", "version"])
    audit.record("outside_party.corrected", party, by=by, fields=differing, reason=party.reason)
    return party


def ends_of(said: dict[str, Any], *, by: User | str, at: datetime) -> dict[str, Any]:
    """`party`, or the named party under `outsider`, as the fields of a row; refuses both and neither."""
    party, named = said.get("party"), said.get("outsider")
    if bool(party) == bool(named):
        raise RuleBroken(_("Name a customer of the bank, or a party outside it."), field="party")
    if isinstance(named, dict):
        named = outside_party(**named, by=by, at=at)
    return {"party": party, "outsider": named or None}


def _known(said: Mapping[str, str]) -> OutsideParty | None:
    if said["lei"] and (found := OutsideParty.objects.filter(lei=said["lei"]).first()):
        return found
    number = said["registration_number"]
    return OutsideParty.objects.filter(country=said["country"], registration_number=number).first() if number else None


def _spelt(kind: str, said: Mapping[str, str]) -> dict[str, str]:
    """In the one spelling that is kept. Refuses what can't be."""
    if unknown := set(said) - set(OutsideParty.CORRECTABLE):
        raise TypeError(f"a party outside has no {', '.join(sorted(unknown))}")
    found = {name: said.get(name, "").strip().upper() for name in OutsideParty.CORRECTABLE}
    found["name"] = " ".join(said["name"].split())
    country, lei, number = found["country"], found["lei"], found["registration_number"]
    if kind == OutsideParty.Kind.PERSON and (lei or number):
        raise RuleBroken(_("Of a person outside the bank only the name and country are kept."), field="kind")
    if not found["name"]:
        raise RuleBroken(_("This must not be empty."), field="name")
    if country and (len(country) != 2 or not (country.isascii() and country.isalpha())):
        raise RuleBroken(_("A country has two letters: DE, US, HK."), field="country")
    if number and not country:
        raise RuleBroken(_("A registration number belongs to a country."), field="country")
    if lei and not is_lei(lei):
        raise RuleBroken(_("This is no LEI: 20 characters, the last two of which check the others."), field="lei")
    return found


def is_lei(text: str) -> bool:
    """ISO 17442: 18 letters and digits, and two digits that make the whole 1 modulo 97 (ISO 7064)."""
    if len(text) != 20 or not set(text) <= set(ALPHABET) or not text[18:].isdigit():
        return False
    return int("".join(str(ALPHABET.index(sign)) for sign in text)) % 97 == 1
