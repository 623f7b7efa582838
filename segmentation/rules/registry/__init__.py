"""The fields that a rule may speak of, each declared once, by families: type, column, unit, sensitivity, and whether it
may set prices."""

from collections.abc import Mapping

from segmentation.rules.registry.behaviour import BEHAVIOUR
from segmentation.rules.registry.facts import FACTS
from segmentation.rules.registry.holdings import HOLDINGS
from segmentation.rules.registry.kinds import Field, Join, Sensitivity, Type, Unit
from segmentation.rules.registry.parties import BELONGING, PERSONAL
from segmentation.rules.registry.standards import STANDARDS
from segmentation.rules.registry.value import VALUE

FIELDS: Mapping[str, Field] = {
    each.name: each for each in (*FACTS, *VALUE, *BELONGING, *STANDARDS, *HOLDINGS, *BEHAVIOUR, *PERSONAL)
}

__all__ = ["FIELDS", "Field", "Join", "Sensitivity", "Type", "Unit"]
