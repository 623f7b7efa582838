"""Who gets whom of a book that is handed over: a proposal that a head may change row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm.identity.models import User
from managers.models import ManagedCustomer


@dataclass
class Receiver:
    """`load` of `capacity` before, and what comes to it; `customers` are keys."""

    user: Any
    load: int
    capacity: int
    weight: int = 0
    customers: list[int] = field(default_factory=list)

    @property
    def after(self) -> int:
        return self.load + self.weight

    @property
    def used(self) -> int:
        """Of the capacity afterwards, in percent, rounded half up."""
        return (200 * self.after + self.capacity) // (2 * self.capacity)

    @property
    def is_full(self) -> bool:
        return self.after > self.capacity


def weights_of(customers: Iterable[int]) -> dict[int, int]:
    """By key; who needs no manager weighs nothing."""
    asked = list(customers)
    found = dict(ManagedCustomer.objects.filter(customer__in=asked).values_list("customer", "weight"))
    return {key: found.get(key, 0) for key in asked}


def deal(weights: Mapping[int, int], together: Mapping[int, Any], receivers: list[Receiver]) -> dict[int, User]:
    """The heaviest first, each to whom it leaves the least used; members of a household (`together`, by key) go to the same one.

    The same for the same input.
    """
    groups: dict[Any, list[int]] = {}
    for key in sorted(weights):
        groups.setdefault(together.get(key, ("alone", key)), []).append(key)
    heaviest = sorted(groups.values(), key=lambda keys: (-sum(weights[key] for key in keys), keys[0]))
    dealt: dict[int, User] = {}
    for keys in heaviest:
        weight = sum(weights[key] for key in keys)
        to = min(receivers, key=lambda each: ((each.after + weight) / each.capacity, len(each.customers), each.user.pk))
        give(to, keys, weights)
        dealt |= dict.fromkeys(keys, to.user)
    return dealt


def give(to: Receiver, keys: list[int], weights: Mapping[int, int]) -> None:
    to.customers += keys
    to.weight += sum(weights[key] for key in keys)
