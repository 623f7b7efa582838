"""The same decision once more, from what was stored with it."""

from dataclasses import dataclass

from segmentation.models import TierDecision
from segmentation.schemes import Scheme

Outcome = TierDecision.Outcome


@dataclass(frozen=True)
class Replayed:
    tier: str
    outcome: str
    months_below: int


def replay(decision: TierDecision) -> Replayed:
    """Decides again with the stored figures and the immutable version; a test holds it equal to what the night wrote.

    Whether the feed was closed that night is read from the outcome.
    """
    scheme = Scheme.parse(decision.scheme_version.content)
    day = decision.business_date
    earned = scheme.earned(decision.figures, day)
    if decision.tier_before is None:
        if not scheme.is_review_day(day) or not earned:
            return Replayed(scheme.tiers[0].code, Outcome.PLACED, 0)
        return Replayed(scheme.tiers[earned].code, Outcome.UP, 0)
    before, known = decision.tier_before.code, scheme.rank(decision.tier_before.code)
    standing, below = -1 if known is None else known, months_below_before(decision)
    if earned is None or earned == standing:
        return Replayed(before, Outcome.KEPT, 0)
    if earned > standing:
        return Replayed(scheme.tiers[earned].code, Outcome.UP, 0)
    if decision.outcome == Outcome.HELD:
        return Replayed(before, Outcome.HELD, below)
    if below + 1 >= scheme.tiers[standing].grace_months:
        return Replayed(scheme.tiers[earned].code, Outcome.DOWN, 0)
    return Replayed(before, Outcome.WATCH, below + 1)


def months_below_before(decision: TierDecision) -> int:
    earlier = TierDecision.objects.filter(customer=decision.customer_id, business_date__lt=decision.business_date)
    newest = earlier.published().order_by("-business_date", "-pk").values_list("months_below", flat=True).first()
    return newest or 0
