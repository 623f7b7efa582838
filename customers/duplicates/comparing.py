"""Two records side by side: what differs, masked where it is contact data, and what would move."""

from dataclasses import dataclass

from django.utils.functional import Promise

from customers.attributes import merging as attributes
from customers.contacts import KINDS
from customers.duplicates.exchanging import FIELDS, label_of
from customers.duplicates.moves import handlers
from customers.history import shown
from customers.masking import masked
from customers.models import Contact, Customer


@dataclass(frozen=True)
class Line:
    """A field of customers of the kind, in words. `differs` asks for a choice; `takes` proposes the other's value, where only that one is known."""

    name: str
    stays: str
    goes: str
    differs: bool
    kind: str

    @property
    def label(self) -> str:
        label = label_of(self.name, self.kind)
        return label[:1].upper() + label[1:]

    @property
    def takes(self) -> bool:
        return self.differs and not self.stays


@dataclass(frozen=True)
class Moving:
    label: str | Promise
    count: int


def lines(survivor: Customer, absorbed: Customer) -> list[Line]:
    """What at least one of the two has, in the order of the record."""
    found = []
    for name in FIELDS:
        field = Customer._meta.get_field(name)
        words = shown(survivor, field), shown(absorbed, field)
        found.append(Line(name, *words, getattr(survivor, name) != getattr(absorbed, name), survivor.kind))
    ours, theirs = (getattr(customer, "contact", None) or Contact() for customer in (survivor, absorbed))
    for kind in KINDS:
        mine, other = getattr(ours, kind), getattr(theirs, kind)
        found.append(Line(kind, masked(kind, mine), masked(kind, other), mine != other, survivor.kind))
    for name, mine, other in attributes.differing(survivor, absorbed):
        found.append(Line(name, mine, other, differs=True, kind=survivor.kind))
    return [line for line in found if line.stays or line.goes]


def moving(survivor: Customer, absorbed: Customer) -> list[Moving]:
    """What would move, by what it is; a query for each."""
    counted = (Moving(handler.label, handler.count(survivor.pk, absorbed.pk)) for handler in handlers())
    return [each for each in counted if each.count]


def stays_first(one: Customer, other: Customer) -> tuple[Customer, Customer]:
    """Which of the two is proposed to stay: the bank's own before a prospect, then the one that is known for longer."""

    def rank(customer: Customer) -> tuple[bool, object, int]:
        return customer.status not in Customer.TIERED, customer.created_at, customer.pk

    first, second = sorted((one, other), key=rank)
    return first, second
