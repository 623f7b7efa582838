"""Every decision that ever touched a customer, from all who contribute to the slot "customer.decisions".

    contribute("customer.decisions", Source("override", _("Overrides"), newest, one))

`newest(customer, user, before, limit)` returns the source's newest decisions dated before a day, all for None;
`one(customer, user, key)` returns the decision that a key names, for its letter, or None. Both see to it themselves
that the user may read them; the customer is in reach.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise

from crm.base.merging import merged
from crm.base.slots import contributions
from customers.models import Customer

SLOT = "customer.decisions"
PAGE = 20


@dataclass(frozen=True)
class Figure:
    """`said` as people read it; `value` as JSON has it, an amount being a string."""

    name: str
    label: str
    said: str
    value: Any


@dataclass(frozen=True)
class Condition:
    """What was asked, the figure that answered, and whether it was met; None is unknown. `about` says of what."""

    text: str
    value: str
    met: bool | None
    about: str = ""


@dataclass(frozen=True)
class Decision:
    """Words in the language of the moment. `told` is the sentence as a letter says it to the customer.

    `version` names the rule; `changes` is what would change the result; `details` are the fields that REST adds.
    """

    kind: str
    key: str
    on: date
    sentence: str
    told: str = ""
    label: str = ""
    colour: str = "secondary"
    version: str = ""
    version_url: str = ""
    figures: tuple[Figure, ...] = ()
    conditions: tuple[Condition, ...] = ()
    changes: tuple[str, ...] = ()
    by: str = ""
    reason: str = ""
    why: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """By which its letter is asked for."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Source:
    kind: str
    label: str | Promise
    newest: Callable[[Customer, Any, date | None, int], list[Decision]]
    one: Callable[[Customer, Any, str], Decision | None]


def sources() -> list[Source]:
    return contributions(SLOT)


def kinds() -> list[tuple[str, str | Promise]]:
    return [(source.kind, source.label) for source in sources()]


def page_of(
    customer: Customer, user: Any, *, before: date | None = None, kind: str = "", limit: int = PAGE
) -> tuple[list[Decision], date | None]:
    """The newest decisions dated before a day, and the day to go on before; None at the end. A day is never parted."""
    asked = [source for source in sources() if not kind or source.kind == kind]
    return merged(
        lambda most: (source.newest(customer, user, before, most) for source in asked),
        moment=attrgetter("on"),
        limit=limit,
    )


def named(customer: Customer, user: Any, name: str) -> Decision | None:
    """The decision with this name, `tier:17`."""
    kind, _, key = name.partition(":")
    return next((source.one(customer, user, key) for source in sources() if source.kind == kind), None)
