"""What a household has together, and never a member's amount that the reader may not see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.base.money import rounded
from customers.models import HouseholdMember
from customers.portfolio import balances_of


@dataclass(frozen=True)
class RollUp:
    """`members` are those in reach, the head first; `others` counts the rest, `pooled` who agreed to be counted together.

    `totals` are the last balances of the pooled, by currency: each member's share of each account, so that a joint
    account counts once. An amount is None where it would tell, by subtraction, what a single member out of reach has in
    that currency; all of it is None for who reaches no member that pools, as long as somebody who pools is out of reach.
    """

    members: list[HouseholdMember]
    others: int
    pooled: int
    totals: dict[str, Decimal | None] | None


def roll_up(memberships: Iterable[HouseholdMember], on: date) -> RollUp:
    """`memberships` of one household with their customers, `in_reach` and `is_open`; those that hold on the day count. One query."""
    now = [each for each in memberships if each.holds(on)]
    members = sorted(filter(_in_reach, now), key=lambda each: (not each.is_head, each.since, each.pk))
    pooled = [each for each in now if each.pools]
    hidden = {each.customer_id for each in pooled if not each.is_open}  # type: ignore[attr-defined]  # with_reach
    may_know = not hidden or len(hidden) < len(pooled)
    totals = _totals([each.customer_id for each in pooled], hidden) if may_know else None
    return RollUp(members, len(now) - len(members), len(pooled), totals)


def _in_reach(member: HouseholdMember) -> bool:
    return bool(member.in_reach)  # type: ignore[attr-defined]  # with_reach


def _totals(customers: list[int], hidden: set[int]) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for currency, amounts in sorted(balances_of(customers).items()):
        tell = sum(1 for customer, amount in amounts.items() if amount and customer in hidden)
        found[currency] = None if tell == 1 else rounded(sum(amounts.values(), Decimal(0)), currency)
    return found
