"""What a group owes and may owe: all of it, and no amount of a single member that the reader may not see."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from customers.companies.amounts import converted
from customers.companies.groups import found_group, join_group, leave_group, limit_group
from customers.companies.rollup import roll_up, told
from customers.companies.services import note
from customers.models import CompanyRelation, GroupLimit, GroupMember
from tests.factories import (
    AccountFactory,
    BalanceFactory,
    CreditLimitFactory,
    CustomerFactory,
    ExchangeRateFactory,
    GroupLimitFactory,
    GroupMemberFactory,
    GuaranteeFactory,
    ProductFactory,
)

JANUARY, TODAY = date(2026, 1, 1), date(2026, 4, 1)
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)

amounts = st.dictionaries(
    st.sampled_from(["CNY", "USD", "JPY"]),
    st.dictionaries(st.integers(1, 6), st.decimals(0, 10**9, places=2, allow_nan=False), max_size=6),
    max_size=3,
)


@given(amounts, st.sets(st.integers(1, 6)))
def test_no_sum_tells_what_a_single_hidden_member_has(found, hidden) -> None:
    """Whoever subtracts the members whom they see finds nothing, or what at least two have together."""
    everybody = range(1, 7)
    for currency, sum_ in told(found, everybody, hidden).items():
        there = {one: amount for one, amount in found[currency].items() if amount and one in hidden}
        assert (sum_ is None) == (len(there) == 1)
        if sum_ is not None:
            whole = sum(found[currency].values(), Decimal(0))
            assert abs(sum_ - whole) <= Decimal("0.5")
            assert len(there) != 1


def owes(customer, amount, currency="CNY", on=JANUARY):
    loan = AccountFactory(holder=customer, product=ProductFactory(loan=True), currency=currency, opened_on=on)
    BalanceFactory(account=loan, on=on, amount=Decimal(amount))
    return loan


@pytest.fixture
def group(manager, manager2):
    """Two members in the manager's book, one in another's."""
    first = GroupMemberFactory(customer__manager=manager, customer__branch=manager.branch)
    for user in (manager, manager2):
        GroupMemberFactory(group=first.group, customer__manager=user, customer__branch=user.branch)
    return first.group


def seen(group, user, on=TODAY):
    return roll_up(group, list(GroupMember.objects.of(group.pk, user)), on)


def companies(group):
    return [member.customer for member in group.members.order_by("pk")]


@pytest.mark.django_db
def test_a_group_has_used_what_its_members_owe(group, auditor) -> None:
    for company, amount in zip(companies(group), ("100", "-40.50", "9.5"), strict=True):
        owes(company, amount)
        AccountFactory(holder=company, opened_on=JANUARY)
    GroupLimitFactory(group=group, amount=Decimal(120))
    found = seen(group, auditor)
    assert found.used == {"CNY": Decimal("150.00")}
    assert (found.rest, found.percent) == (Decimal(-30), Decimal("1.25"))


@pytest.mark.django_db
def test_what_a_single_member_out_of_reach_owes_is_in_no_sum_nor_in_what_is_left(group, manager) -> None:
    for company in companies(group):
        owes(company, "100")
        CreditLimitFactory(customer=company, amount=Decimal(500))
    GroupLimitFactory(group=group)
    found = seen(group, manager)
    assert (found.used, found.limits, found.others) == ({"CNY": None}, {"CNY": None}, 1)
    assert (found.use, found.rest, found.percent) == (None, None, None)


@pytest.mark.django_db
def test_where_the_hidden_member_owes_nothing_the_sum_is_told(group, manager) -> None:
    for company in companies(group)[:2]:
        owes(company, "100")
    GroupLimitFactory(group=group, amount=Decimal(1000))
    found = seen(group, manager)
    assert (found.used, found.rest) == ({"CNY": Decimal(200)}, Decimal(800))


@pytest.mark.django_db
def test_who_reaches_no_member_is_told_nothing(group, manager2, approver) -> None:
    owes(companies(group)[0], "100")
    found = seen(group, approver)
    assert (found.is_told, found.used, found.members, found.others) == (False, {}, [], 3)
    assert seen(group, manager2).is_told


@pytest.mark.django_db
def test_a_loan_of_two_members_counts_once_by_share(group, auditor) -> None:
    first, second, _ = companies(group)
    loan = owes(first, "100")
    loan.holders.update(share=Decimal("0.25"))
    loan.holders.create(customer=second, share=Decimal("0.75"), role="joint")
    assert seen(group, auditor).used == {"CNY": Decimal(100)}


@pytest.mark.django_db
def test_other_currencies_stand_apart_and_are_converted_at_the_days_rate_or_not_at_all(group, auditor) -> None:
    first, second, _ = companies(group)
    owes(first, "100")
    owes(second, "10", "USD")
    GroupLimitFactory(group=group, amount=Decimal(1000))
    ExchangeRateFactory(on=date(2026, 3, 28), currency="USD", rate=Decimal("7.1"))
    found = seen(group, auditor)
    assert found.used == {"CNY": Decimal(100), "USD": Decimal(10)}
    assert found.rest == Decimal(829)
    late = seen(group, auditor, date(2026, 4, 2))
    assert (late.use.missing, late.rest) == (("USD",), None)


@pytest.mark.django_db
def test_a_limit_in_another_currency_crosses_through_the_banks(group) -> None:
    ExchangeRateFactory(on=TODAY, currency="USD", rate=Decimal(7))
    ExchangeRateFactory(on=TODAY, currency="JPY", rate=Decimal("0.05"))
    assert converted({"USD": Decimal(10), "CNY": Decimal(1)}, "JPY", TODAY).amount == Decimal(1420)
    assert converted({"JPY": Decimal(10)}, "JPY", date(2030, 1, 1)).amount == Decimal(10)
    assert converted({}, "USD", date(2030, 1, 1)).amount == 0


@pytest.mark.django_db
def test_guarantees_that_members_give_and_receive_stand_apart(group, auditor) -> None:
    first, second, _ = companies(group)
    GuaranteeFactory(customer=first, party=second, amount=Decimal(30))
    GuaranteeFactory(customer=first, amount=Decimal(5))
    GuaranteeFactory(party=second, amount=Decimal(7), until=date(2026, 2, 1))
    found = seen(group, auditor)
    assert (found.given, found.received) == ({"CNY": Decimal(30)}, {"CNY": Decimal(35)})


@pytest.mark.django_db
def test_a_company_belongs_to_one_group_a_day_and_may_come_back() -> None:
    company = CustomerFactory(company=True)
    said = {"by": "test", "as_of": TODAY}
    group = found_group(name="瑞丰集团", customer=company, since=JANUARY, **said)
    other = GroupMemberFactory().group
    with pytest.raises(RuleBroken, match="belongs to a group"):
        join_group(group=other, customer=company, since=date(2026, 2, 1), **said)
    leave_group(member=group.members.get(), until=date(2026, 2, 1), **said)
    join_group(group=other, customer=company, since=date(2026, 2, 1), **said)
    with pytest.raises(RuleBroken, match="companies"):
        join_group(group=group, customer=CustomerFactory(), since=JANUARY, **said)
    with pytest.raises(RuleBroken, match="not before"):
        join_group(group=group, customer=CustomerFactory(company=True), since=date(2026, 4, 2), **said)


@pytest.mark.django_db
def test_another_limit_ends_the_one_before_on_its_day() -> None:
    group = GroupLimitFactory(since=JANUARY).group
    said = {"group": group, "currency": "CNY", "by": "test", "at": NOW}
    limit_group(amount=Decimal(7), since=date(2026, 3, 1), **said)
    on = {day: GroupLimit.objects.holding(day).get(group=group).amount for day in (JANUARY, date(2026, 3, 1))}
    assert on == {JANUARY: Decimal(10_000_000), date(2026, 3, 1): Decimal(7)}
    for wrong in ({"amount": Decimal(0)}, {"amount": Decimal("0.001")}, {"amount": Decimal(1), "currency": "cny"}):
        with pytest.raises(RuleBroken):
            limit_group(**said | {"since": timezone.localdate()} | wrong)


SPANS = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)


@pytest.mark.django_db
@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 60), SPANS), max_size=6))
def test_however_owners_come_and_go_no_day_has_more_than_the_whole(said) -> None:
    """What is taken and what is refused, against a plain count of each day."""
    owned = CustomerFactory(company=True)
    taken: list[tuple[int, int, int]] = []
    for percent, (first, last) in said:
        row = {"since": date(2026, 1, 1 + first), "until": date(2026, 1, 1 + last), "share": Decimal(percent) / 100}
        fits = all(
            percent + sum(each for each, since, until in taken if since <= day < until) <= 100
            for day in range(first, last)
        )
        try:
            note(CompanyRelation, customer=owned, party=CustomerFactory(), kind="owner", by="test", at=NOW, **row)
        except RuleBroken:
            assert not fits
        else:
            assert fits
            taken.append((percent, first, last))


@pytest.mark.django_db
@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), SPANS), max_size=8))
def test_whoever_buys_whom_and_when_nobody_ever_owns_itself(said) -> None:
    """What is taken and what is refused, against a plain walk up on each day."""
    firms = [CustomerFactory(company=True) for _ in range(4)]
    taken: list[tuple[int, int, int, int]] = []
    for owner, owned, (first, last) in said:
        if owner == owned:
            continue
        wanted = [*taken, (owner, owned, first, last)]
        circles = any(owned in _above(owned, wanted, day) for day in range(first, last))
        twice = any(each[:2] == (owner, owned) and max(each[2], first) < min(each[3], last) for each in taken)
        row = {"since": date(2026, 1, 1 + first), "until": date(2026, 1, 1 + last)}
        try:
            note(CompanyRelation, customer=firms[owned], party=firms[owner], kind="owner", by="test", at=NOW, **row)
        except RuleBroken:
            assert circles or twice
        else:
            assert not circles and not twice
            taken = wanted


def _above(start, edges, day):
    found, todo = set(), [start]
    while todo:
        here = todo.pop()
        up = {owner for owner, owned, first, last in edges if owned == here and first <= day < last} - found
        found |= up
        todo += up
    return found
