"""What the record that stays takes of the other one, and how it gets back what it had before. The other record keeps its own."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers import labels
from customers.attributes import merging as attributes
from customers.contacts import KINDS, hashes
from customers.models import Contact, Customer, Merge
from customers.models.attributes import PREFIX
from customers.names import keys_of

FIELDS = ("name", "sex", "birth_date", "region", "occupation", "education", "annual_income", "language",
          "preferred_channel", "preferred_time")  # fmt: skip


def take(merge: Merge, survivor: Customer, absorbed: Customer, names: Iterable[str]) -> None:
    """Keeps with the merge what the record that stays had before: fields in `kept`, contact data sealed, in `before`.

    The caller saves both; the contact data of the record that stays are written here.
    """
    names = list(dict.fromkeys(names))
    own = [name for name in names if name.startswith(PREFIX)]
    if unknown := [name for name in names if name not in (*FIELDS, *KINDS, *own)]:
        text = _("There is no field %(names)s to take.") % {"names": ", ".join(unknown)}
        raise RuleBroken(text, field="take")
    fields = {}
    for name in names:
        if name in FIELDS:
            fields[name] = [_json(getattr(survivor, name)), _json(getattr(absorbed, name))]
            _put(survivor, name, getattr(absorbed, name))
    before, marks = _take_contact(survivor, absorbed, [name for name in names if name in KINDS])
    merge.before = json.dumps(before) if before else ""
    merge.kept["taken"] = {"fields": fields, "contact": marks, "attributes": attributes.take(survivor, absorbed, own)}


def give_back(merge: Merge, survivor: Customer) -> list[str]:
    """What the record that stays had before, but for what somebody changed since: the labels of that."""
    left, taken = [], merge.kept["taken"]
    for name, (before, after) in taken["fields"].items():
        if _json(getattr(survivor, name)) == after:
            _put(survivor, name, Customer._meta.get_field(name).to_python(before))
        else:
            left.append(label_of(name, survivor.kind))
    before, contact = json.loads(merge.before or "{}"), _contact_of(survivor)
    same = [kind for kind, mark in taken["contact"].items() if _mark(contact, kind) == mark]
    _write(contact, {kind: before[kind] for kind in same})
    left += attributes.give_back(survivor, taken.get("attributes", {}))
    return left + [label_of(kind, survivor.kind) for kind in taken["contact"] if kind not in same]


def label_of(name: str, kind: str) -> str:
    """Of a field, contact data or an attribute of a customer of the kind."""
    if name.startswith(PREFIX):
        return attributes.label_of(name)
    return labels.label_of(name, kind)


def _put(customer: Customer, name: str, value: Any) -> None:
    setattr(customer, name, value)
    if name == "name":
        customer.sort_key, customer.pinyin, customer.initials = keys_of(customer.name)


def _take_contact(
    survivor: Customer, absorbed: Customer, kinds: list[str]
) -> tuple[dict[str, str], dict[str, str | None]]:
    """What was there before, and the keyed hashes of what was taken, by which it is known again without being kept."""
    ours, theirs = _contact_of(survivor), _contact_of(absorbed)
    before = {kind: getattr(ours, kind) for kind in kinds}
    _write(ours, {kind: getattr(theirs, kind) for kind in kinds})
    return before, {kind: _mark(ours, kind) for kind in kinds}


def _contact_of(customer: Customer) -> Contact:
    return Contact.objects.filter(customer=customer).first() or Contact(customer=customer)


def _write(contact: Contact, values: dict[str, str]) -> None:
    changed = values | hashes(values)
    for name, value in changed.items():
        setattr(contact, name, value)
    if changed:
        contact.save(update_fields=None if contact._state.adding else list(changed))


def _mark(contact: Contact, kind: str) -> str | None:
    found = getattr(contact, f"{kind}_hash")
    return bytes(found).hex() if found is not None else None


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value.isoformat() if isinstance(value, date) else value
