"""Service standards of a bank small enough to count by hand."""

from datetime import UTC, date, datetime
from typing import Any

from customers.models import Customer
from segmentation.models import Benefit, EntitlementOverride, GoldCard
from segmentation.services.policies import apply_policy
from segmentation.standards.uses import record_use
from tests.factories import (
    EntitlementOverrideFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    TierFactory,
    TierPeriodFactory,
    UserFactory,
)

DAY, NOON = date(2026, 3, 10), datetime(2026, 3, 10, 4, tzinfo=UTC)
LOUNGE = {"code": "lounge", "name": "Lounge"}
CARD = {"code": "card", "name": "Gold card"}
TIERS = ("mass", "gold", "platinum")


def line(tier: str, benefit: str = "lounge", quota: int | None = None, per: str = "month", **more: Any) -> dict:
    limit = {"quota": quota, "per": per} if quota else {}
    return {"tier": tier, "benefit": benefit} | limit | more


def standards(*lines: dict, **more: Any) -> dict:
    return {"benefits": [LOUNGE, CARD], "lines": list(lines)} | more


def use(*lines: dict, start: date = date(2026, 1, 1), **more: Any) -> None:
    """Publishes standards of these lines; the tiers of the bank are there."""
    for rank, code in enumerate(TIERS):
        TierFactory(code=code, rank=rank)
    content = {"effective_from": str(start), "service_standards": standards(*lines, **more)}
    apply_policy(content=content, by="setup")


def stand(customer: Customer, tier: str, since: date = date(2026, 1, 1), until: date | None = None) -> None:
    TierPeriodFactory(customer=customer, tier=TierFactory(code=tier, rank=TIERS.index(tier)), since=since, until=until)


def household(*members: Customer, pools: bool = True) -> None:
    home = HouseholdFactory()
    for each in members:
        HouseholdMemberFactory(household=home, customer=each, pools=pools, since=date(2026, 1, 1))


def benefit(code: str = "lounge") -> Benefit:
    return Benefit.objects.get(code=code)


def grant(
    customer: Customer, quota: int | None = None, per: str = "", code: str = "lounge", **more: Any
) -> EntitlementOverride:
    said = {"quota": quota, "per": per or ("month" if quota else "")}
    return EntitlementOverrideFactory(customer=customer, benefit=benefit(code), **said | more)


def withdraw(customer: Customer, code: str = "lounge", **more: Any) -> EntitlementOverride:
    return EntitlementOverrideFactory(customer=customer, benefit=benefit(code), kind="withdrawal", **more)


def spend(
    customer: Customer, times: int = 1, on: date = DAY, by: Any = None, code: str = "lounge", at: datetime = NOON
) -> list:
    by = by or UserFactory(teller=True)
    return [
        record_use(customer=customer, benefit=benefit(code), used_on=on, channel="branch", by=by, as_of=at)
        for _n in range(times)
    ]


def states(customer: Customer) -> list[tuple]:
    """(state, cause, since, until) of the gold card, in order."""
    rows = GoldCard.objects.filter(customer=customer).order_by("since")
    return list(rows.values_list("state", "cause", "since", "until"))
