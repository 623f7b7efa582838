"""What the record that stays takes of the other one. The two change places, so that nothing is lost and all can go back."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.contacts import KINDS, LABELS
from customers.models import Contact, Customer
from customers.names import keys_of

FIELDS = ("name", "sex", "birth_date", "region", "occupation", "education", "annual_income", "language",
          "preferred_channel", "preferred_time")  # fmt: skip


def take(survivor: Customer, absorbed: Customer, names: Iterable[str]) -> dict[str, Any]:
    """What was taken: `fields` with the value that was there before and the one that was taken, `contact` by keyed hashes.

    The caller saves both customers; contact data are written here.
    """
    names = list(dict.fromkeys(names))
    if unknown := [name for name in names if name not in (*FIELDS, *KINDS)]:
        text = _("There is no field %(names)s to take.") % {"names": ", ".join(unknown)}
        raise RuleBroken(text, field="take")
    fields = {}
    for name in names:
        if name in FIELDS:
            fields[name] = [_json(getattr(survivor, name)), _json(getattr(absorbed, name))]
            _change_places(survivor, absorbed, name)
    kinds = [name for name in names if name in KINDS]
    ours = _change_contact(survivor, absorbed, kinds)
    return {"fields": fields, "contact": {kind: _mark(ours, kind) for kind in kinds}}


def give_back(survivor: Customer, absorbed: Customer, taken: dict[str, Any]) -> list[str]:
    """Put back what was taken, but for what somebody changed since: the labels of that."""
    left = []
    for name, (before, after) in taken["fields"].items():
        field = Customer._meta.get_field(name)
        if _json(getattr(survivor, name)) == after:
            setattr(absorbed, name, getattr(survivor, name))
            setattr(survivor, name, field.to_python(before))
            if name == "name":
                _name_keys(survivor, absorbed)
        else:
            left.append(str(field.verbose_name))
    now = Contact.objects.filter(customer=survivor).first() or Contact(customer=survivor)
    same = [kind for kind, mark in taken["contact"].items() if _mark(now, kind) == mark]
    _change_contact(survivor, absorbed, same)
    return left + [str(LABELS[kind]) for kind in taken["contact"] if kind not in same]


def _change_places(survivor: Customer, absorbed: Customer, name: str) -> None:
    ours, theirs = getattr(survivor, name), getattr(absorbed, name)
    setattr(survivor, name, theirs)
    setattr(absorbed, name, ours)
    if name == "name":
        _name_keys(survivor, absorbed)


def _name_keys(*customers: Customer) -> None:
    for customer in customers:
        customer.sort_key, customer.pinyin, customer.initials = keys_of(customer.name)


def _change_contact(survivor: Customer, absorbed: Customer, kinds: list[str]) -> Contact:
    """The contact data of the record that stays, as they are then."""
    ours, theirs = (Contact.objects.get_or_create(customer=customer)[0] for customer in (survivor, absorbed))
    for kind in kinds:
        for name in (kind, f"{kind}_hash"):
            mine, other = getattr(ours, name), getattr(theirs, name)
            setattr(ours, name, other)
            setattr(theirs, name, mine)
    if kinds:
        ours.save()
        theirs.save()
    return ours


def _mark(contact: Contact, kind: str) -> str | None:
    """The keyed hash, by which a value is known again without being kept."""
    found = getattr(contact, f"{kind}_hash")
    return bytes(found).hex() if found is not None else None


def label_of(name: str) -> str:
    return str(LABELS.get(name) or Customer._meta.get_field(name).verbose_name)


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value.isoformat() if isinstance(value, date) else value
