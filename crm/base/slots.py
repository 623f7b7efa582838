"""Named slots: upper apps contribute in `AppConfig.ready()`, lower pages ask. Order is by weight, then by registration."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass(order=True)
class _Entry:
    weight: int
    number: int
    value: Any = field(compare=False)


_slots: dict[str, list[_Entry]] = defaultdict(list)


def contribute(slot: str, value: Any, *, weight: int = 100) -> None:
    """Add a value (a callable, a class, a dataclass: the slot's reader says which) to a slot."""
    entries = _slots[slot]
    entries.append(_Entry(weight, len(entries), value))
    entries.sort()


def contributions(slot: str) -> list[Any]:
    """What the apps contributed to the slot, lightest first; empty where nobody did."""
    return [entry.value for entry in _slots[slot]]
