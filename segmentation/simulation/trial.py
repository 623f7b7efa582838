"""What a simulation works with, frozen when it was asked for: the draft, and the night on whose facts it is tried."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.jobs.models import Partition, Run
from segmentation.models import Published, SchemeVersion, Simulation, Tier, TierScheme
from segmentation.night.context import FACTS, Night
from segmentation.night.ladders import Ladder
from segmentation.policies import Policy

SQL = Path(__file__).parent / "sql"
OWN_FACTS, STANDING = "trial_facts", "trial_standing"


@dataclass(frozen=True)
class Trial:
    """`night` is the one that published the day; `ladder` the draft's scheme, None where it has none."""

    simulation: Simulation
    policy: Policy
    night: Night
    ladder: Ladder | None
    is_published: bool

    @classmethod
    def of(cls, simulation: Simulation) -> "Trial":
        run = night_of(simulation.business_date)
        published = Published.objects.first()
        policy = Policy.parse(simulation.draft)
        return cls(
            simulation=simulation,
            policy=policy,
            night=replace(Night.of(run), run=run),
            ladder=_ladder(policy) if policy.scheme else None,
            is_published=published is not None and published.run_id == run.pk,
        )

    @property
    def published(self) -> Ladder | None:
        """The scheme that was in force for the same kind of customer."""
        kind = self.ladder.kind if self.ladder else ""
        return next((ladder for ladder in self.night.ladders if ladder.kind == kind), None)

    @cached_property
    def missing(self) -> frozenset[str]:
        """Figures that the draft looks at and no scheme in force did: they are reckoned for this trial alone."""
        return frozenset(self.ladder.scheme.late if self.ladder else ()) - self.night.late

    @property
    def facts(self) -> str:
        """The published slot itself; a copy where it is of a month's end, or lacks figures."""
        return FACTS if self.is_published and not self.missing else OWN_FACTS

    def parameters(self, partition: Partition) -> dict[str, Any]:
        return self.night.parameters(partition) | {"simulation": self.simulation.pk}

    @cached_property
    def names(self) -> dict[int, str]:
        """The codes of all tiers of the kind, those that the draft adds among them."""
        if self.ladder is None:
            return {}
        known = Tier.objects.filter(scheme__customer_kind=self.ladder.kind).values_list("pk", "code")
        return dict(known) | dict(zip(self.ladder.tier_ids, self.codes, strict=True))

    @property
    def codes(self) -> list[str]:
        """The draft's tiers from lowest to highest."""
        return [tier.code for tier in self.ladder.scheme.tiers] if self.ladder else []


def night_of(day: Any) -> Run:
    """The night that published a day. Raises RuleBroken where there is none."""
    run = Run.objects.nights().published().filter(business_date=day).first()
    if run is None:
        raise RuleBroken(_("No night of %(day)s has been published.") % {"day": day}, field="date")
    return run


def _ladder(policy: Policy) -> Ladder:
    """Tiers that exist keep their ids; those that the draft adds get ids below zero."""
    assert policy.scheme is not None
    owner = TierScheme.objects.filter(customer_kind=policy.scheme.customer_kind).first()
    ids = dict(Tier.objects.filter(scheme=owner).values_list("code", "pk")) if owner else {}
    tiers = policy.scheme.tiers
    return Ladder(
        version=SchemeVersion(pk=0, scheme=owner, number=0),
        scheme=policy.scheme,
        tier_ids=tuple(ids.get(tier.code, -rank) for rank, tier in enumerate(tiers, start=1)),
    )
