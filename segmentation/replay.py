"""The same decision once more, from what was stored with it and from nothing else."""

from dataclasses import dataclass
from datetime import timedelta

from segmentation.models import TierDecision
from segmentation.points import FIGURE, total
from segmentation.schemes import Scheme

Outcome = TierDecision.Outcome
NOBODY = -1


@dataclass(frozen=True)
class Inputs:
    """What a decision stands on: ranks in its version, -1 for none, and the state before it."""

    standing: int
    is_new: bool
    below: int
    is_closed: bool
    is_held: bool
    granted: int = NOBODY
    held: int = NOBODY
    capped: int | None = None

    @property
    def lowest(self) -> int:
        """What grant and hold keep the customer from falling below."""
        return max(self.granted, min(self.held, self.standing))


@dataclass(frozen=True)
class Replayed:
    tier: str
    outcome: str
    months_below: int


def replay(decision: TierDecision) -> Replayed:
    """Decides again with the stored figures and the immutable version; a test holds it equal to what the night wrote."""
    return replay_in(Scheme.parse(decision.scheme_version.content), decision, _code(decision))


def replay_in(scheme: Scheme, decision: TierDecision, before: str | None) -> Replayed:
    """`before` is the code of the tier before; None for who had none."""
    inputs = _inputs(scheme, decision, before)
    earned = _earned(scheme, decision, inputs)
    due = _due(scheme, inputs, earned)
    final = max(due, inputs.lowest)
    final = final if inputs.capped is None else min(final, inputs.capped)
    outcome = _outcome(scheme, inputs, earned, final)
    moves = outcome in TierDecision.MOVES
    tier = scheme.tiers[final].code if moves or before is None else before
    count = {"watch": inputs.below + 1, "held": inputs.below}.get(str(outcome), 0)
    return Replayed(tier, outcome, count)


def _code(decision: TierDecision) -> str | None:
    return decision.tier_before.code if decision.tier_before else None


def _inputs(scheme: Scheme, decision: TierDecision, before: str | None) -> Inputs:
    rank = None if before is None else scheme.rank(before)
    granted, held, capped = decision.bounds or (None, None, None)
    takes_effect = decision.business_date + timedelta(days=1)
    return Inputs(
        standing=NOBODY if rank is None else rank,
        is_new=before is None,
        below=decision.months_below_before,
        is_closed=decision.is_feed_closed,
        is_held=decision.held_until is not None and decision.held_until > takes_effect,
        granted=NOBODY if granted is None else granted,
        held=NOBODY if held is None else held,
        capped=capped,
    )


def _earned(scheme: Scheme, decision: TierDecision, inputs: Inputs) -> int | None:
    """None on a day that reviews nobody, and where a figure is unknown that must be known."""
    day, figures = decision.business_date, decision.figures
    needed = {"balance", *scheme.late} & set(figures)
    if not scheme.is_review_day(day) or any(figures[name] is None for name in needed):
        return None
    if scheme.points:
        figures = {**figures, FIGURE: total(scheme.points, figures, day)}
    return scheme.earned(figures, day, standing=inputs.standing)


def _due(scheme: Scheme, inputs: Inputs, earned: int | None) -> int:
    """Where rules, grace, hold and fee leave the customer; overrides come after."""
    standing = inputs.standing
    if earned is None:
        return 0 if inputs.is_new else standing
    if earned >= standing:
        return earned
    tier = scheme.tiers[standing]
    stays = inputs.lowest >= standing or tier.below or inputs.is_held or inputs.below + 1 < tier.grace_months
    return standing if stays else earned


def _outcome(scheme: Scheme, inputs: Inputs, earned: int | None, final: int) -> str:
    standing = inputs.standing
    if inputs.is_new and final == 0:
        return Outcome.PLACED
    if final > standing:
        return Outcome.UP
    if final < standing:
        return Outcome.DOWN if inputs.is_closed else Outcome.HELD
    if (earned is not None and earned >= standing) or inputs.lowest >= standing:
        return Outcome.KEPT
    if not inputs.is_closed:
        return Outcome.HELD
    return Outcome.CHARGED if scheme.tiers[standing].below else Outcome.WATCH
