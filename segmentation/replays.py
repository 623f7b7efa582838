"""Every stored decision once more: whether figures, version and state give what the night wrote."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from segmentation.models import SchemeVersion, Tier, TierDecision
from segmentation.replay import replay_in
from segmentation.rules import met
from segmentation.schemes import Scheme

CHUNK = 5_000
READ = (
    *("customer", "business_date", "scheme_version", "tier_before", "tier_after", "outcome", "months_below"),
    *("months_below_before", "is_feed_closed", "held_until", "bounds", "figures", "met"),
)


@dataclass(frozen=True)
class Replays:
    """How many were decided again, and the first that differs, in a sentence; empty where none does."""

    decisions: int
    wrong: str


def replay_all() -> Replays:
    """Reads the decisions in chunks, and each version once."""
    codes = dict(Tier.objects.values_list("pk", "code"))
    schemes = {version.pk: Scheme.parse(version.content) for version in SchemeVersion.objects.all()}
    count = 0
    for decision in TierDecision.objects.only(*READ).order_by("pk").iterator(chunk_size=CHUNK):
        count += 1
        if said := _differs(decision, schemes[decision.scheme_version_id], codes):
            return Replays(count, said)
    return Replays(count, "")


def _differs(decision: TierDecision, scheme: Scheme, codes: dict[int, str]) -> str:
    day, figures = decision.business_date, decision.figures
    again = replay_in(scheme, decision, codes[decision.tier_before_id] if decision.tier_before_id else None)
    tier = codes[decision.tier_after_id]
    if (again.tier, again.outcome, again.months_below) != (tier, decision.outcome, decision.months_below):
        return _(
            "Decision %(id)s of %(day)s gives %(tier)s (%(outcome)s) when it is made again, not %(stored)s (%(was)s)."
        ) % {
            "id": decision.pk,
            "day": day,
            "tier": again.tier,
            "outcome": again.outcome,
            "stored": tier,
            "was": decision.outcome,
        }
    if [met(predicate, figures, day) for _code, predicate in scheme.predicates()] != decision.met:
        return _("Decision %(id)s of %(day)s: its figures do not meet what it says they meet.") % {
            "id": decision.pk,
            "day": day,
        }
    return ""
