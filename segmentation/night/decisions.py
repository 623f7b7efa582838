"""Which tier the figures earn, kind by kind, with what each predicate said."""

from crm.base.sql import run_text, scalar, text_of
from crm.jobs.models import Partition
from segmentation import rules
from segmentation.night.context import SQL, Ladder, Night
from segmentation.rules import Unknown, predicates_of


def decide(night: Night, partition: Partition) -> int:
    """One decision per customer on a review day, and one per newcomer every night."""
    return sum(_decide(night, partition, ladder) for ladder in night.ladders)


def _decide(night: Night, partition: Partition, ladder: Ladder) -> int:
    scheme = ladder.scheme
    parameters = night.parameters(partition) | {
        "kind": ladder.kind,
        "version": ladder.version.pk,
        "review": scheme.is_review_day(night.day),
        "closed": night.closed,
        "tiers": list(ladder.tier_ids),
        "ranks": list(range(len(ladder.tier_ids))),
        "graces": [tier.grace_months for tier in scheme.tiers],
        "lowest": ladder.tier_ids[0],
    }
    if not parameters["review"] and not scalar(text_of(SQL / "newcomer.sql"), **parameters):
        return 0
    earned = _earned(ladder, parameters)
    text = text_of(SQL / "decided.sql").format(earned=earned, met=_met(ladder, parameters), figures=_figures(ladder))
    decided = run_text(text, **parameters)
    if parameters["review"] and _must_know(ladder):
        run_text(text_of(SQL / "figure_unknown.sql").format(earned=earned), **parameters)
    return decided


def _must_know(ladder: Ladder) -> bool:
    """Whether a rule says that an unknown figure is an error."""
    rules_ = [tier.when for tier in ladder.scheme.tiers if tier.when is not None]
    return any(predicate.unknown == Unknown.ERROR for rule in rules_ for predicate in predicates_of(rule))


def _earned(ladder: Ladder, parameters: dict) -> str:
    """The rank of the highest tier whose rule holds; NULL where a rule says that unknown is an error."""
    rungs = [
        (rank, rules.sql(tier.when, parameters=parameters))
        for rank, tier in enumerate(ladder.scheme.tiers)
        if tier.when is not None
    ]
    unknown = " ".join(f"WHEN ({text}) IS NULL THEN NULL" for _, text in rungs)
    met = " ".join(f"WHEN {text} THEN {rank}" for rank, text in reversed(rungs))
    return f"CASE {unknown} {met} ELSE 0 END" if rungs else "0"


def _met(ladder: Ladder, parameters: dict) -> str:
    texts = [
        text
        for tier in ladder.scheme.tiers
        if tier.when is not None
        for text in rules.predicate_sql(tier.when, parameters=parameters)
    ]
    return ", ".join(texts)


def _figures(ladder: Ladder) -> str:
    """The figures that the scheme looks at, as text, so that no digit is lost in JSON."""
    pairs = ", ".join(f"'{name}', ({column})::text" for name, column in ladder.scheme.figure_columns())
    return f"jsonb_build_object({pairs})"
