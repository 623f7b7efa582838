"""What a night works with: frozen when it begins, the same for every worker and every partition."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from crm.jobs.models import Partition, Run
from customers.models import Customer, Product, Transaction
from segmentation.models import WaiverLine, WaiverPolicy
from segmentation.night.ladders import Ladder, ladders_of
from segmentation.small_balance.definition import SmallBalance

SQL = Path(__file__).parent / "sql"
# what nights of earlier releases did not know of
NOT_PINNED: dict[str, Any] = {
    "is_past": False,
    "base": None,
    "base_taking": 0,
    "base_closed": False,
    "taking": 0,
    "newest_override": 0,
    "overrides_at": "1900-01-01",
    "late": [],
    "stale": [],
    "segments": [],
    "is_reranked": False,
    "closing": None,
    "known_month": None,
}
AS_PINNED = ("slot", "closed", "is_past", "base", "base_taking", "base_closed", "taking", "newest_policy", "newest_override",
             "overrides_at", "is_reranked")  # fmt: skip
FACTS, STANDING = "segmentation_facts", "segmentation_tierperiod"
# figures that cost a reading of their own: reckoned while a scheme in force looks at one of them
QUARTER = ("aum_quarter_average", "aum_quarter_weighted_average")
HOUSEHOLD = ("household_balance", "household_month_average")


@dataclass(frozen=True)
class Night:
    """`slot` is the one that nobody reads; `closed` says whether the balance feed is complete through the day.

    `is_past` says that it is complete for later days too, so that most roll-ups know more than the night may. These, the
    versions of all policies and the overrides were pinned when the run was planned: who joins later works with the same.
    `late` are the figures of QUARTER and HOUSEHOLD that a scheme looks at, `stale` those that the slot still holds of an
    earlier scheme. `base` is the run whose figures may be carried forward, `base_taking` and `taking` are the numbers under
    which it and this night took the changes of holdings, `base_closed` whether its balance feed was. `segments` are the
    versions of segments in force; `is_reranked` says that they are not those of the night before, so that primary segments
    are found anew. `closing` is the first day of the month that this night closes, `known_month` that of the newest one
    closed before: the one whose figures its rules read.
    """

    run: Run
    day: date
    slot: int
    closed: bool
    is_past: bool
    newest_policy: int
    newest_override: int
    overrides_at: str
    late: frozenset[str]
    stale: frozenset[str]
    ladders: tuple[Ladder, ...]
    base: int | None = None
    base_taking: int = 0
    base_closed: bool = False
    taking: int = 0
    segments: tuple[int, ...] = ()
    is_reranked: bool = False
    closing: date | None = None
    known_month: date | None = None

    @classmethod
    def of(cls, run: Run) -> "Night":
        """The night of a planned run."""
        assert run.business_date is not None
        pinned = NOT_PINNED | run.parameters["pinned"]
        return cls(
            run=run,
            day=run.business_date,
            **{name: pinned[name] for name in AS_PINNED},
            late=frozenset(pinned["late"]),
            stale=frozenset(pinned["stale"]),
            segments=tuple(pinned["segments"]),
            closing=_day(pinned["closing"]),
            known_month=_day(pinned["known_month"]),
            ladders=ladders_of(pinned["versions"]),
        )

    @property
    def month(self) -> date:
        return self.day.replace(day=1)

    @property
    def is_month_end(self) -> bool:
        return self.day.day == monthrange(self.day.year, self.day.month)[1]

    @property
    def carries(self) -> bool:
        """A night that decides for everybody, and one that closes a month, reads every account."""
        is_review = any(ladder.scheme.is_review_day(self.day) for ladder in self.ladders)
        return self.base is not None and not (self.is_past or self.is_month_end or is_review)

    @property
    def keeps_members(self) -> bool:
        """Of whom nothing changed, a segment says what it said the night before."""
        return self.carries and self.base_closed and not self.is_reranked

    @property
    def tomorrow(self) -> date:
        return self.day + timedelta(days=1)

    @cached_property
    def lines(self) -> tuple[WaiverLine, ...]:
        """The lines of all pinned policies that have a condition."""
        conditional = WaiverLine.objects.exclude(rule=None)
        return tuple(conditional.filter(policy__lte=self.newest_policy).order_by("pk"))

    @cached_property
    def small_balances(self) -> tuple[tuple[int, SmallBalance], ...]:
        """The small-balance fees of all pinned policies, by the id of each version."""
        rows = WaiverPolicy.objects.filter(pk__lte=self.newest_policy, content__has_key="small_balance").order_by("pk")
        parts = rows.values_list("pk", "content__small_balance")
        return tuple((pk, SmallBalance.parse(content)) for pk, content in parts)

    @cached_property
    def _shared(self) -> dict[str, Any]:
        base = settings.CRM_BASE_CURRENCY
        # `%(person)s` and the like: the currency in which customers of the kind are counted
        currencies = {str(kind): base for kind in Customer.Kind} | {
            ladder.kind: ladder.scheme.currency for ladder in self.ladders
        }
        return {
            "run": self.run.pk,
            "day": self.day,
            "month": self.month,
            "days": self.day.day,
            "slot": self.slot,
            "closing": self.closing,
            "known_month": self.known_month,
            "base_run": self.base,
            "base_taking": self.base_taking,
            "taking": self.taking,
            "newest_policy": self.newest_policy,
            "newest_override": self.newest_override,
            "overrides_at": self.overrides_at,
            **currencies,
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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
