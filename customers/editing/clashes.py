"""Two people wrote at once: what the second one read, what is there now, and what they typed, field by field."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from customers.contacts import kept
from customers.history import shown, writes_of
from customers.labels import label_of
from customers.masking import masked
from customers.models import Contact, Customer

NOW, TYPED = "now", "typed"


@dataclass(frozen=True)
class Clash:
    """A field in which the two differ, in words. `keep` is NOW or TYPED where only one of them touched it, else empty."""

    name: str
    label: str
    read: str | None
    now: str
    typed: str
    keep: str


def of_record(customer: Customer, *, read: int, typed: Mapping[str, Any]) -> list[Clash]:
    """`customer` as it is now, `read` the version that was read, `typed` the values of fields. One query.

    Where the copy of the version that was read is gone, nobody knows who touched what: every field is asked.
    """
    before = customer.events.filter(version=read).select_related("branch", "manager").order_by("-pgh_id").first()
    wanted = copy(customer)
    for name, value in typed.items():
        setattr(wanted, name, value)
    found = []
    for field in (Customer._meta.get_field(name) for name in typed):
        now, mine = getattr(customer, field.attname), getattr(wanted, field.attname)
        if now != mine:
            was = getattr(before, field.attname, None)
            keep = "" if before is None or was not in (now, mine) else NOW if was == mine else TYPED
            words = shown(before, field) if before else None, shown(customer, field), shown(wanted, field)
            found.append(Clash(field.name, label_of(field.name, customer.kind), *words, keep))
    return found


def of_contact(customer: Customer, *, read: int, typed: Mapping[str, str]) -> list[Clash]:
    """As above, of contact data, masked; what was read is in no history and is not said. Three queries.

    A file leaves no act: where it wrote a version, nobody knows which kinds, and each is asked.
    """
    contact = Contact.objects.filter(customer=customer).first()
    writes = writes_of(customer, since=read)
    moved = {kind for write in writes for kind in write.fields}
    by_a_file = customer.version - read > len({write.version for write in writes})
    found = []
    for kind, value in typed.items():
        now, mine = getattr(contact, kind, ""), kept(kind, value)
        if now != mine:
            keep = "" if kind in moved or by_a_file else TYPED
            found.append(Clash(kind, label_of(kind, customer.kind), None, masked(kind, now), masked(kind, mine), keep))
    return found
