"""Which priority and which target tickets have, by the rules that hold: over the published facts, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from crm.base.sql import rows_of_text, text_of
from segmentation.models import Published
from segmentation.rules import sql
from segmentation.rules.joined import JOINED, joins_of
from segmentation.segments.versions import told
from service.clocks.clock import Target
from service.clocks.definition import Levels, Prioritised, Promised, parsed
from service.clocks.versions import STANDARD
from service.models import ServiceLevels

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Asked:
    """`priority` is one that a person set, "" where the rules say it. Of no customer nothing is known: no tier, no figure."""

    customer_id: int | None
    kind: str
    impact: str
    priority: str = ""


@dataclass(frozen=True)
class Picked:
    priority: str
    target: Target


class Rules:
    """The levels that hold at a moment. `key` changes when what they say of a ticket may be another: their version and the data date."""

    def __init__(self, at: datetime) -> None:
        today = timezone.localdate(at)
        self.version = ServiceLevels.objects.in_force(today)
        self.levels: Levels = parsed(self.version.content if self.version else STANDARD)
        self.published = Published.objects.first()
        self.day = self.published.business_date if self.published else today
        number = self.version.number if self.version else 0
        self.key = f"{number}:{self.published.business_date if self.published else ''}"

    def pick(self, asked: Sequence[Asked]) -> list[Picked]:
        """In the order in which they are asked about."""
        parameters: dict[str, Any] = {
            "customers": [each.customer_id for each in asked],
            "kinds": [str(each.kind) for each in asked],
            "impacts": [str(each.impact) for each in asked],
            "fixed": [str(each.priority) for each in asked],
            "slot": self.published.slot if self.published else 0,
            "day": self.day,
        }
        priorities = " ".join(
            f"WHEN {self._when(line, parameters)} THEN '{line.priority}'" for line in self.levels.priorities
        )
        slas = " ".join(
            f"WHEN {self._when(line, parameters)} THEN {place}" for place, line in enumerate(self.levels.slas)
        )
        text = text_of(SQL / "picked.sql").format(
            facts=text_of(SQL / "facts.sql"), priorities=priorities, priority_joins=joins_of(priorities), slas=slas,
            sla_joins=joins_of(slas),
        )  # fmt: skip
        found = rows_of_text(text, **parameters)
        return [Picked(row["priority"], self.levels.slas[row["sla"]].target) for row in found]

    def _when(self, line: Prioritised | Promised, parameters: dict[str, Any]) -> str:
        """A condition that is never unknown: whose figure must be known and is not, is not picked."""
        parts = []
        for column, words in (("t.code", line.tiers), ("a.impact", getattr(line, "impacts", ())),
                              ("a.priority", getattr(line, "priorities", ())), ("a.kind", getattr(line, "kinds", ()))):  # fmt: skip
            if words:
                name = f"w{len(parameters)}"
                parameters[name] = [str(word) for word in words]
                parts.append(f"{column} = ANY(%({name})s)")
        rule = told(line.when, self.day)
        return f"({' AND '.join([*parts, sql(rule, parameters=parameters, columns=JOINED)])}) IS TRUE"
