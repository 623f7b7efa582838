"""Which tier the figures earn, kind by kind, with what each predicate said."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crm.base.sql import run_text, scalar, text_of
from crm.jobs.models import Partition
from segmentation import rules
from segmentation.night.context import FACTS, SQL, STANDING, Night
from segmentation.night.ladders import Ladder
from segmentation.rules import Unknown, predicates_of


def decide(night: Night, partition: Partition) -> int:
    """One decision per customer on a review day, and each night for newcomers and where an override moves somebody."""
    return sum(_decide(night, partition, ladder) for ladder in night.ladders)


def _decide(night: Night, partition: Partition, ladder: Ladder) -> int:
    parameters = night.parameters(partition) | parameters_of(night, ladder)
    if not parameters["review"] and not scalar(text_of(SQL / "anybody.sql"), **parameters):
        return 0
    asked = Asked(ladder, parameters)
    decided = run_text(text_of(SQL / "decided.sql").format(weighed=asked.weighed), **parameters)
    if parameters["review"] and asked.must_know:
        text = text_of(SQL / "figure_unknown.sql").format(unknown=asked.unknown, points=asked.points)
        run_text(text, **parameters)
    return decided


def parameters_of(night: Night, ladder: Ladder) -> dict[str, Any]:
    """What the statement about one kind asks for, beside the night's own."""
    tiers = ladder.scheme.tiers
    return {
        "kind": ladder.kind,
        "version": ladder.version.pk,
        "review": ladder.scheme.is_review_day(night.day),
        "closed": night.closed,
        "tiers": list(ladder.tier_ids),
        "ranks": list(range(len(tiers))),
        "graces": [tier.grace_months for tier in tiers],
        "holds": [tier.hold_months for tier in tiers],
        "charges": [tier.below is not None for tier in tiers],
    }


@dataclass(frozen=True)
class Asked:
    """A scheme as SQL. Compiling a rule adds its values to `parameters`, so each rule is compiled once.

    `facts` and `standing` are the tables of the figures and of the tiers before the night.
    """

    ladder: Ladder
    parameters: dict[str, Any]
    facts: str = FACTS
    standing: str = STANDING

    @cached_property
    def weighed(self) -> str:
        """The rows of `weighed.sql`: what is decided for whom, without writing it."""
        return text_of(SQL / "weighed.sql").format(
            facts=self.facts,
            standing=self.standing,
            ruled=text_of(SQL / "ruled.sql"),
            rose=text_of(SQL / "rose.sql") if any(self.parameters["holds"]) else "false",
            figures=self._figures,
            met=", ".join(self._met),
            known=f"NOT ({self.unknown})",
            earned=self._earned,
            points=self.points,
        )

    @property
    def must_know(self) -> bool:
        """Whether an unknown figure may be an error of the row."""
        scheme = self.ladder.scheme
        asked = [predicate for tier in scheme.tiers if tier.when for predicate in predicates_of(tier.when)]
        strict = any(predicate.unknown == Unknown.ERROR for predicate in asked)
        return strict or bool(scheme.points) or bool(scheme.late)

    @cached_property
    def unknown(self) -> str:
        """Whether a figure is unknown that must be known: the tier stays as it is."""
        late = [f"f.{name} IS NULL" for name in self.ladder.scheme.late]
        points = ["x.points IS NULL"] if self.ladder.scheme.points else []
        rules_ = [f"({text}) IS NULL" for _rank, text in self._rungs if text.startswith("CASE")]
        return " OR ".join(["f.balance IS NULL", *late, *points, *rules_])

    @cached_property
    def points(self) -> str:
        """The points of each line and their sum, as `x`; nothing where the scheme gives none."""
        lines = [line.sql(self.parameters) for line in self.ladder.scheme.points]
        if not lines:
            return ""
        summed = " + ".join(f"given[{place}]" for place in range(1, len(lines) + 1))
        given = f"SELECT ARRAY[{', '.join(lines)}]::numeric[] AS given OFFSET 0"
        return f"CROSS JOIN LATERAL (SELECT given, {summed} AS points FROM ({given}) AS y OFFSET 0) AS x"

    @cached_property
    def _rungs(self) -> list[tuple[int, str]]:
        return [
            (rank, rules.sql(tier.when, parameters=self.parameters))
            for rank, tier in enumerate(self.ladder.scheme.tiers)
            if tier.when is not None
        ]

    @property
    def _earned(self) -> str:
        """The rank of the highest tier whose rule holds; into a tier by invitation nobody is lifted."""
        tiers = self.ladder.scheme.tiers
        met = " ".join(
            f"WHEN {f'l.rank = {rank} AND ' if tiers[rank].by_invitation else ''}({text}) THEN {rank}"
            for rank, text in reversed(self._rungs)
        )
        return f"CASE {met} ELSE 0 END" if met else "0"

    @property
    def _met(self) -> list[str]:
        return [
            text
            for tier in self.ladder.scheme.tiers
            if tier.when is not None
            for text in rules.predicate_sql(tier.when, parameters=self.parameters)
        ]

    @property
    def _figures(self) -> str:
        """The figures that the scheme looks at, as text, so that no digit is lost in JSON; and the points of each line.

        An unknown balance is told besides: nothing but overrides can be decided then.
        """
        named = {name: f"({column})::text" for name, column in self.ladder.scheme.figure_columns()}
        if self.ladder.scheme.points:
            named["points_by_line"] = "to_jsonb(x.given)"
        known, unknown = (_object(each) for each in (named, named | {"balance": "NULL"}))
        return f"CASE WHEN f.balance IS NULL THEN {unknown} ELSE {known} END"


def _object(named: dict[str, str]) -> str:
    pairs = ", ".join(f"'{name}', {column}" for name, column in named.items())
    return f"jsonb_build_object({pairs})"
