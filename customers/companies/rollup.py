"""What a group may owe, owes and answers for, and never an amount of a single member that the reader may not see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.base.money import rounded
from customers.companies.amounts import Amounts, Converted, converted, held_by
from customers.companies.amounts import summed as whole
from customers.models import CompanyGroup, CreditLimit, GroupLimit, GroupMember, Guarantee
from customers.rates import valued_on

Sums = dict[str, Decimal | None]


@dataclass(frozen=True)
class GroupRollUp:
    """`members` are those in reach, `others` counts the rest. `limits` are the members' own, `used` what they owe, `given`
    and `received` the guarantees, by currency. An amount is None where it would tell, by subtraction, what a single
    member out of reach has in that currency; `is_told` is False for who reaches no member: nothing is told then.

    `use` is all of `used` in the currency of the group's `limit`, and `rest` what is left of it; None where an amount is
    not told or a rate is missing.
    """

    members: list[GroupMember]
    others: int
    is_told: bool
    limit: GroupLimit | None
    limits: Sums
    used: Sums
    given: Sums
    received: Sums
    use: Converted | None

    @property
    def rest(self) -> Decimal | None:
        if self.limit is None or self.use is None or self.use.amount is None:
            return None
        return rounded(self.limit.amount - self.use.amount, self.limit.currency)

    @property
    def percent(self) -> Decimal | None:
        if self.limit is None or self.use is None or self.use.amount is None:
            return None
        return self.use.amount / self.limit.amount


def told(amounts: Amounts, everybody: Iterable[int], hidden: set[int]) -> Sums:
    """The sums by currency; None where exactly one of the hidden has something there."""
    ids = set(everybody)
    found: Sums = {}
    for currency, amount in whole(amounts, ids).items():
        some = sum(1 for one, value in amounts[currency].items() if value and one in hidden)
        found[currency] = None if some == 1 else amount
    return found


def roll_up(group: CompanyGroup, memberships: Iterable[GroupMember], on: date) -> GroupRollUp:
    """`memberships` of the group with `in_reach`; those that hold on the day count. Four or five queries."""
    now = [each for each in memberships if each.holds(on)]
    members = [each for each in now if each.in_reach]  # type: ignore[attr-defined]  # with_reach
    ids = {each.customer_id for each in now}
    hidden = ids - {each.customer_id for each in members}
    limit = GroupLimit.objects.holding(on).filter(group=group).first()
    if not members and hidden:
        return GroupRollUp([], len(hidden), False, limit, {}, {}, {}, {}, None)
    used = told(held_by(ids, on).debts, ids, hidden)
    given, received = _guarantees(ids, on)
    return GroupRollUp(
        members=members,
        others=len(hidden),
        is_told=True,
        limit=limit,
        limits=told(_limits(ids, on), ids, hidden),
        used=used,
        given=told(given, ids, hidden),
        received=told(received, ids, hidden),
        use=_use(used, limit, min(on, valued_on())),
    )


def _use(used: Sums, limit: GroupLimit | None, on: date) -> Converted | None:
    known = {currency: amount for currency, amount in used.items() if amount is not None}
    if limit is None or len(known) < len(used):
        return None
    return converted(known, limit.currency, on)


def _limits(ids: set[int], on: date) -> Amounts:
    rows = CreditLimit.objects.holding(on).filter(customer__in=ids)
    return _by_customer(rows.values_list("currency", "customer", "amount"))


def _guarantees(ids: set[int], on: date) -> tuple[Amounts, Amounts]:
    """Given by members, and received by members."""
    holding = Guarantee.objects.holding(on)
    given = holding.filter(party__in=ids).values_list("currency", "party", "amount")
    received = holding.filter(customer__in=ids).values_list("currency", "customer", "amount")
    return _by_customer(given), _by_customer(received)


def _by_customer(rows: Iterable[tuple[str, int, Decimal]]) -> Amounts:
    found: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for currency, customer, amount in rows:
        found[currency][customer] += amount
    return found
