"""Which segments pick whom: all rules in one reading of the facts, and only who moves is written (docs/adr).

A customer's segments are the bits of a few numbers, so that nothing is compared or written one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from crm.base.errors import RuleBroken
from crm.base.sql import run_text, text_of
from crm.jobs.models import Partition
from segmentation.models import SEGMENTED, Segment, SegmentVersion
from segmentation.night.context import Night
from segmentation.rules import Rule, Unknown, predicates_of, sql
from segmentation.rules.joined import JOINED, PARTITION, joins_of
from segmentation.segments.definition import Definition, readable
from segmentation.segments.references import resolved, rules_of

SQL = Path(__file__).parent / "sql"
BITS = 62
# a partition is read whole: figures of one night have no statistics, and by them customers would be looked up one by one
WHOLE = "SET LOCAL enable_nestloop = {}"


@dataclass(frozen=True)
class Board:
    """All segments that ever were, each with its bit; `definitions` are those of the versions in force."""

    segments: tuple[Segment, ...]
    definitions: dict[str, Definition | None]

    @classmethod
    def of(cls, night: Night) -> "Board":
        versions = SegmentVersion.objects.filter(pk__in=night.segments).select_related("segment")
        known = {version.segment.code: readable(version.content) for version in versions}
        return cls(tuple(Segment.objects.order_by("pk")), known)

    @property
    def unreadable(self) -> list[Segment]:
        """Those whose members stay, because this release does not know what their rules ask for."""
        return [each for each in self.segments if each.code in self.definitions and self.rule(each) is None]

    def rule(self, segment: Segment) -> Rule | None:
        definition = self.definitions.get(segment.code)
        if definition is None or definition.is_retired:
            return None
        try:
            return resolved(definition.rule, self._rules, within=(segment.code,))
        except RuleBroken:
            return None

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return rules_of({code: each for code, each in self.definitions.items() if each})

    @property
    def places(self) -> dict[str, list[Any]]:
        """The parameters of the statement: for each segment its word, its bit, its scheme and its place in it."""
        standing = {each.code: self.definitions.get(each.code) for each in self.segments}
        in_order = sorted(self.segments, key=lambda each: _place(each, standing[each.code]))
        rank = {each.pk: number for number, each in enumerate(in_order)}
        return {
            "segments": [each.pk for each in self.segments],
            "words": [number // BITS + 1 for number, _each in enumerate(self.segments)],
            "bits": [1 << number % BITS for number, _each in enumerate(self.segments)],
            "schemes": [each.scheme for each in self.segments],
            "ranks": [rank[each.pk] for each in self.segments],
            "nothing": [0] * self.length,
        }

    @property
    def length(self) -> int:
        return -(-len(self.segments) // BITS)

    def stood(self) -> str:
        """The words of who is a member: fewer were kept where there were fewer segments."""
        return ", ".join(f"coalesce(s.words[{n}], 0)" for n in range(1, self.length + 1))

    def met(self, parameters: dict[str, Any], *, night: Night) -> str:
        """The words of whom the rules pick. Compiling adds to the parameters.

        Of whom nothing changed since the night before, only the rules are asked that days or other rows move.
        """
        return ", ".join(
            self._word(start, parameters, may_leave=night.closed, keeps=night.keeps_members)
            for start in range(0, len(self.segments), BITS)
        )

    def _word(self, start: int, parameters: dict[str, Any], *, may_leave: bool, keeps: bool) -> str:
        here = f"coalesce(s.words[{start // BITS + 1}], 0)"
        standing, moving, kept = ["0::bigint"], ["0::bigint"], 0
        for number, each in enumerate(self.segments[start : start + BITS]):
            bit = 1 << number
            stands = keeps and self.stands(each)
            kept |= bit if stands else 0
            (standing if stands else moving).append(self._bit(each, bit, here, parameters))
        asked = f"CASE WHEN n.is_same THEN {here} & {kept} ELSE {' | '.join(standing)} END"
        return " | ".join([asked, *moving] if may_leave else [here, asked, *moving])

    def stands(self, segment: Segment) -> bool:
        """Whether its rule asks for nothing but what stands in the facts and on the customer's record."""
        rule = self.rule(segment)
        return rule is not None and all(each.field.stands for each in predicates_of(rule))

    def _bit(self, segment: Segment, bit: int, here: str, parameters: dict[str, Any]) -> str:
        """Who can't be judged stays where they are."""
        definition, rule = self.definitions.get(segment.code), self.rule(segment)
        if rule is None:
            is_gone = segment.code not in self.definitions or (definition is not None and definition.is_retired)
            return "0::bigint" if is_gone else f"({here} & {bit})"
        asked = sql(rule, parameters=parameters, columns=JOINED)
        if any(each.unknown == Unknown.ERROR for each in predicates_of(rule)):
            return f"CASE ({asked}) WHEN true THEN {bit}::bigint WHEN false THEN 0 ELSE {here} & {bit} END"
        return f"CASE WHEN {asked} THEN {bit}::bigint ELSE 0 END"


def _place(segment: Segment, definition: Definition | None) -> tuple[str, int, str]:
    return segment.scheme, definition.priority if definition else segment.priority, segment.code


def classify(night: Night, partition: Partition) -> int:
    """Stages the moves of a partition; the number of customers who move.

    While the balance feed is not closed nobody leaves a segment, as nobody falls from a tier.
    """
    board = Board.of(night)
    if not board.segments:
        return 0
    parameters = night.parameters(partition) | board.places
    parameters |= {"segmented": [str(each) for each in SEGMENTED], "is_reranked": night.is_reranked}
    met = board.met(parameters, night=night)
    text = text_of(SQL / "classified.sql").format(stood=board.stood(), met=met, joins=joins_of(met, whose=PARTITION))
    run_text(WHOLE.format("off"))
    moved = run_text(text, **parameters)
    run_text(WHOLE.format("on"))
    return moved


def unreadable(night: Night) -> Iterator[str]:
    """The names of segments whose members stay because their rules can't be read."""
    yield from (each.name for each in Board.of(night).unreadable)
