"""What a household has together, and never a member's amount that the reader may not see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.base.money import rounded
from customers.models import HouseholdMember
from customers.portfolio import balances_of

HIDDEN = 2


@dataclass(frozen=True)
class RollUp:
    """`members` are those in reach, the head first; `others` counts the rest, `pooled` who agreed to be counted together.

    `totals` are the last balances of the pooled, by currency: each member's share of each account, so that a joint
    account counts once. None where the amount of a single member out of reach could be had by subtraction.
    """

    members: list[HouseholdMember]
    others: int
    pooled: int
    totals: dict[str, Decimal] | None


def roll_up(memberships: Iterable[HouseholdMember], on: date) -> RollUp:
    """`memberships` of one household with their customers and `in_reach`; those that hold on the day count. One query."""
    now = [each for each in memberships if each.holds(on)]
    pooled = [each for each in now if each.pools]
    hidden = sum(not each.in_reach for each in pooled)  # type: ignore[attr-defined]  # with_reach
    members = sorted((each for each in now if each.in_reach), key=lambda each: (not each.is_head, each.since, each.pk))  # type: ignore[attr-defined]
    totals = None if 0 < hidden < HIDDEN else _sums([each.customer_id for each in pooled])
    return RollUp(members, len(now) - len(members), len(pooled), totals)


def _sums(customers: list[int]) -> dict[str, Decimal]:
    return {code: rounded(amount, code) for code, amount in sorted(balances_of(customers).items())}
