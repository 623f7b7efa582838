"""What customers are entitled to on a day, and where it comes from: the one door, for one customer and for many.

A right comes from the customer's tier, from a member of the household who stands higher and shares it, or from a person's
override. Of a benefit the best right counts: without a quota before any quota, then the one with most left, then the larger
one, the own one before another's. All are told. A withdrawal takes the benefit away, whatever else gives it.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from crm.base.sql import rows_of_text, text_of
from customers.models import Customer
from segmentation.models import Benefit, GoldCard, Origin
from segmentation.standards.definition import Standard, parsed
from segmentation.standards.versions import NOTHING, version_on

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Claim:
    """One right of a benefit. Uses count against `owner_id` in the days from `starts` to before `ends`.

    `quota` None is without limit, and then `left` is None too; `used` counts the period, without a quota the year.
    """

    origin: Origin
    owner_id: int
    tier_id: int | None
    override_id: int | None
    quota: int | None
    per: str | None
    queue_weight: int
    starts: date
    ends: date
    used: int
    left: int | None

    @property
    def is_open(self) -> bool:
        return self.left is None or self.left > 0


@dataclass(frozen=True)
class Entitlement:
    """`best` is None where a withdrawal took the benefit away."""

    benefit: Benefit
    best: Claim | None
    claims: tuple[Claim, ...]
    is_card: bool


@dataclass(frozen=True)
class Entitlements:
    """Of one customer on a day; `version` is the number of the standards, None where there were none."""

    on: date
    version: int | None
    standard: Standard
    found: tuple[Entitlement, ...]

    @property
    def effective(self) -> list[Entitlement]:
        return [each for each in self.found if each.best]

    @property
    def queue_weight(self) -> int:
        """The larger, the earlier the customer is served; 0 without a priority lane."""
        return max((each.best.queue_weight for each in self.found if each.best), default=0)

    def of(self, benefit: Benefit) -> Entitlement | None:
        return next((each for each in self.found if each.benefit == benefit), None)


def entitlements_of(customer: Customer, on: date) -> Entitlements:
    return entitlements_of_many([customer.pk], on)[customer.pk]


def entitlements_of_many(customers: Collection[int], on: date) -> dict[int, Entitlements]:
    """By id, also of those who are entitled to nothing."""
    version = version_on(on)
    standard = parsed(version.content) if version else NOTHING
    number = version.number if version else None
    rows = rows_of_text(
        text_of(SQL / "entitled.sql").format(origins=text_of(SQL / "origins.sql")),
        **asked(version.content if version else {}, on, whose=customers),
    )
    benefits = {each.code: each for each in Benefit.objects.filter(code__in={row["benefit"] for row in rows})}
    card = standard.card.benefit if standard.card else ""
    found: dict[int, list[Entitlement]] = {pk: [] for pk in customers}
    for (customer, code), group in groupby(rows, key=lambda row: (row["customer_id"], row["benefit"])):
        claims = [(row["is_best"], _claim(row)) for row in group]
        best = next((claim for is_best, claim in claims if is_best), None)
        every = tuple(claim for _is_best, claim in claims)
        found[customer].append(Entitlement(benefits[code], best, every, is_card=code == card))
    return {pk: Entitlements(on, number, standard, tuple(own)) for pk, own in found.items()}


def asked(
    content: Mapping[str, Any], on: date, *, whose: Collection[int] | None = None, only: str | None = None
) -> dict[str, Any]:
    """The parameters of `origins.sql`: of all customers or of some, of all benefits or of one."""
    return {
        "content": json.dumps(content),
        "on": on,
        "all": whose is None,
        "whose": list(whose or [0]),
        "only": only,
    }


def _claim(row: dict[str, Any]) -> Claim:
    names = ("owner_id", "tier_id", "override_id", "quota", "per", "queue_weight", "starts", "ends", "used", "left")
    return Claim(origin=Origin(row["origin"]), **{name: row[name] for name in names})


def holders_under(content: Mapping[str, Any], on: date) -> int:
    """How many customers would hold the gold card on a day under the content of the standards."""
    card = parsed(content).card
    if card is None:
        return 0
    text = text_of(SQL / "holders.sql").format(origins=text_of(SQL / "origins.sql"))
    return rows_of_text(text, **asked(content, on, only=card.benefit))[0]["count"]


def holds_gold_card(customer: Customer, on: date) -> bool:
    """Whether the customer is served as a holder on a day: the entitlement is asked, not the plastic.

    A card that was reported lost is still held; one that the standards suspend is not.
    """
    entitled = any(each.is_card and each.best for each in entitlements_of(customer, on).found)
    ruled = GoldCard.objects.filter(customer=customer, state=GoldCard.State.SUSPENDED, cause__in=GoldCard.RULED)
    return entitled and not ruled.holding(on).exists()
