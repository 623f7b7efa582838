"""What to know before meeting a customer, on one page: sections of lines, from all who contribute to the slot "brief.sections".

A section is a callable `(customer, user, at)` that returns its `Section`, or None where there is nothing to say or the user may not
read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from crm.base.slots import contributions
from crm.identity.models import User
from customers.models import Customer

SLOT = "brief.sections"


@dataclass(frozen=True)
class Section:
    title: str | Promise
    lines: tuple[str, ...]
    icon: str = "point"


@dataclass(frozen=True)
class Brief:
    customer: str
    number: str
    sections: tuple[Section, ...]


def brief_of(customer: Customer, user: User, *, at: datetime) -> Brief:
    said = (ask(customer, user, at) for ask in contributions(SLOT))
    return Brief(str(customer), customer.number, tuple(filter(None, said)))


def section(title: Any, lines: Iterable[str], icon: str = "point") -> Section | None:
    """None without a line."""
    found = tuple(filter(None, lines))
    return Section(title, found, icon) if found else None
