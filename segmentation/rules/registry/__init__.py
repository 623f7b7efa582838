"""The fields that a rule may speak of, each declared once, by families: type, column, unit, sensitivity, and whether it
may set prices."""

from collections.abc import Iterator, Mapping

from segmentation.rules.registry.attributes import declared, offered
from segmentation.rules.registry.behaviour import BEHAVIOUR
from segmentation.rules.registry.facts import FACTS
from segmentation.rules.registry.holdings import HOLDINGS
from segmentation.rules.registry.kinds import Field, Join, Sensitivity, Type, Unit
from segmentation.rules.registry.parties import BELONGING, PERSONAL
from segmentation.rules.registry.standards import STANDARDS
from segmentation.rules.registry.value import VALUE


class Fields(Mapping[str, Field]):
    """By name; counted and walked through are ours, found are those that a bank declared too (attributes.py)."""

    def __init__(self, *fields: Field) -> None:
        self._ours = {each.name: each for each in fields}

    def __getitem__(self, name: str) -> Field:
        found = self._ours.get(name) or declared(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._ours)

    def __len__(self) -> int:
        return len(self._ours)


FIELDS = Fields(*FACTS, *VALUE, *BELONGING, *STANDARDS, *HOLDINGS, *BEHAVIOUR, *PERSONAL)

__all__ = ["FIELDS", "Field", "Join", "Sensitivity", "Type", "Unit", "offered"]
