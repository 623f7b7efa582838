"""What a night works with: frozen when it begins, the same for every worker and every partition."""

import json
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from crm.jobs.models import Partition, Run
from customers.models import Customer, Feed, Product, Transaction
from segmentation.models import Published, SchemeVersion, Tier, WaiverLine
from segmentation.schemes import Scheme
from segmentation.versions import scheme_versions_on

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Ladder:
    """A scheme version in force, parsed, with the database ids of its tiers from lowest to highest."""

    version: SchemeVersion
    scheme: Scheme
    tier_ids: tuple[int, ...]

    @property
    def kind(self) -> str:
        return self.scheme.customer_kind


@dataclass(frozen=True)
class Night:
    """`slot` is the one that nobody reads; `closed` says whether the balance feed is complete through the day."""

    run: Run
    day: date
    slot: int
    closed: bool
    ladders: tuple[Ladder, ...]
    lines: tuple[WaiverLine, ...] = field(default=())

    @classmethod
    def of(cls, run: Run) -> "Night":
        day = run.business_date
        assert day is not None
        published = Published.objects.first()
        return cls(
            run=run,
            day=day,
            slot=1 - published.slot if published else 0,
            closed=Feed.objects.filter(kind="balances", closed_through__gte=day).exists(),
            ladders=tuple(ladders_on(day)),
            lines=tuple(WaiverLine.objects.exclude(rule=None).order_by("pk")),
        )

    @property
    def month(self) -> date:
        return self.day.replace(day=1)

    @property
    def is_month_end(self) -> bool:
        return self.day.day == monthrange(self.day.year, self.day.month)[1]

    @property
    def tomorrow(self) -> date:
        return self.day + timedelta(days=1)

    @cached_property
    def _shared(self) -> dict[str, Any]:
        base = settings.CRM_BASE_CURRENCY
        currencies = {str(kind): base for kind in Customer.Kind} | {
            ladder.kind: ladder.scheme.currency for ladder in self.ladders
        }
        return {
            "run": self.run.pk,
            "day": self.day,
            "month": self.month,
            "days": self.day.day,
            "slot": self.slot,
            "currencies": json.dumps(currencies),
            "base": base,
            "max_age": settings.CRM_FX_MAX_AGE,
            "payroll": Transaction.PAYROLL,
            "assets": [str(family) for family in Product.ASSETS],
            "tiered": [str(status) for status in Customer.TIERED],
            "kinds": [ladder.kind for ladder in self.ladders],
            "lowests": [ladder.tier_ids[0] for ladder in self.ladders],
            "versions": [ladder.version.pk for ladder in self.ladders],
        }

    def parameters(self, partition: Partition | None = None) -> dict[str, Any]:
        """The named parameters of the night's statements."""
        if partition is None:
            return dict(self._shared)
        return self._shared | {"low": partition.low, "high": partition.high}


def ladders_on(day: date) -> list[Ladder]:
    """The scheme version in force on a day for each kind of customer that has one."""
    tiers: dict[int, dict[str, int]] = {}
    for tier in Tier.objects.all():
        tiers.setdefault(tier.scheme_id, {})[tier.code] = tier.pk
    ladders = []
    for version in scheme_versions_on(day).values():
        scheme = Scheme.parse(version.content)
        ids = tuple(tiers[version.scheme_id][tier.code] for tier in scheme.tiers)
        ladders.append(Ladder(version=version, scheme=scheme, tier_ids=ids))
    return ladders
