"""What hangs on two records when they become one: shares, households, flags, overrides, and what was said about marketing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from crm.base.errors import RuleBroken
from customers.duplicates.services import merge_customers, undo_merge
from customers.models import (
    AccountHolder,
    Consent,
    Flag,
)
from tests.customers.duplicates.conftest import NOW, WHY, now
from tests.factories import (
    AccountFactory,
    AccountHolderFactory,
    ConsentFactory,
    CustomerFactory,
    FlagFactory,
    HouseholdMemberFactory,
    LifeEventFactory,
    PreferenceFactory,
    TierOverrideFactory,
)

pytestmark = pytest.mark.django_db


def test_an_account_that_both_hold_is_held_once_with_both_shares(two, merged, manager) -> None:
    stays, goes = two
    account = AccountFactory()
    AccountHolderFactory(account=account, customer=stays, role="authorised", share="0.25")
    AccountHolderFactory(account=account, customer=goes, role="owner", share="0.75")
    merge = merged()
    holder = AccountHolder.objects.get(account=account)
    assert (holder.customer, holder.role, holder.share) == (stays, "owner", Decimal(1))
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    shares = {row.customer_id: (row.role, row.share) for row in account.holders.all()}
    assert shares == {stays.pk: ("authorised", Decimal("0.25")), goes.pk: ("owner", Decimal("0.75"))}


def test_the_later_word_on_marketing_counts_whichever_record_it_was_said_to(two, merged) -> None:
    stays, goes = two
    early, late = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    phoned = ConsentFactory(customer=stays, channel="phone", given_at=early)
    ConsentFactory(customer=goes, channel="phone", given_at=early - timedelta(days=9), withdrawn_at=late)
    mailed = ConsentFactory(customer=goes, channel="email", given_at=early)
    ConsentFactory(customer=stays, channel="email", given_at=early - timedelta(days=9), withdrawn_at=late)
    written = ConsentFactory(customer=goes, channel="sms", given_at=late)
    merged()
    phoned.refresh_from_db()
    mailed.refresh_from_db()
    assert phoned.withdrawn_at == late
    assert (mailed.customer, mailed.withdrawn_at) == (stays, late)
    assert list(Consent.objects.open().filter(customer=stays)) == [written]


def test_nobody_is_in_two_households(two, merged, manager) -> None:
    stays, goes = two
    mine, theirs = HouseholdMemberFactory(customer=stays), HouseholdMemberFactory(customer=goes, is_head=True)
    merge = merged()
    theirs.refresh_from_db()
    assert (theirs.until, theirs.is_head) == (date(2026, 4, 1), False)
    assert list(stays.households.all()) == [mine]
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    theirs.refresh_from_db()
    assert (theirs.until, theirs.is_head, theirs.customer) == (None, True, goes)


def test_who_left_a_household_before_comes_in_the_place_of_the_other_record(two, merged, manager) -> None:
    stays, goes = two
    HouseholdMemberFactory(customer=stays, since=date(2020, 1, 1), until=date(2024, 1, 1))
    theirs = HouseholdMemberFactory(customer=goes, since=date(2023, 1, 1), is_head=True, pools=True)
    merge = merged()
    place = stays.households.get(until=None)
    assert (place.household, place.since, place.is_head, place.pools) == (
        theirs.household,
        date(2026, 4, 1),
        True,
        True,
    )
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    assert not stays.households.filter(until=None).exists()
    assert goes.households.get().until is None and goes.households.get().is_head


def test_a_flag_that_holds_goes_with_the_customer_whatever_stood_before(two, merged) -> None:
    stays, goes = two
    FlagFactory(customer=stays, kind="court_freeze", since=date(2020, 1, 1), until=date(2024, 1, 1))
    FlagFactory(customer=goes, kind="court_freeze", since=date(2023, 1, 1), until=None)
    merged()
    assert Flag.objects.holding(date(2026, 4, 1)).filter(customer=stays, kind="court_freeze").exists()


def test_two_that_held_one_account_get_each_their_own_again_from_the_last(two, merged, manager) -> None:
    stays, goes = two
    third = CustomerFactory(manager=manager, branch=manager.branch)
    account = AccountFactory()
    for customer in (goes, third):
        AccountHolderFactory(account=account, customer=customer, joint=True)
    first = merged()
    second = merge_customers(survivor=now(stays)[0], absorbed=third, reason=WHY, by=manager, at=NOW)
    with pytest.raises(RuleBroken, match="Undo that first"):
        undo_merge(merge=first, reason="A brother", by=manager, at=NOW)
    for merge in (second, first):
        assert undo_merge(merge=merge, reason="A brother", by=manager, at=NOW) == []
    assert {row.customer_id: row.share for row in account.holders.all()} == {
        goes.pk: Decimal("0.5"),
        third.pk: Decimal("0.5"),
    }


def test_a_share_that_a_file_changed_since_is_nobodys_to_give_back(two, merged, manager) -> None:
    stays, goes = two
    account = AccountFactory()
    for customer in (stays, goes):
        AccountHolderFactory(account=account, customer=customer, joint=True)
    merge = merged()
    account.holders.update(share="0.6")
    assert undo_merge(merge=merge, reason="A brother", by=manager, at=NOW) == ["an account that both held"]
    assert account.holders.get().share == Decimal("0.6")


def test_a_newer_wording_is_no_withdrawal(two, merged) -> None:
    stays, goes = two
    days = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
    ConsentFactory(customer=goes, channel="phone", wording="v1", given_at=days[0], withdrawn_at=days[2])
    ConsentFactory(customer=goes, channel="phone", wording="v2", given_at=days[2])
    ours = ConsentFactory(customer=stays, channel="phone", wording="v1", given_at=days[1])
    merged()
    ours.refresh_from_db()
    assert ours.withdrawn_at is None


def test_an_override_that_was_ended_early_keeps_none_away(two, merged) -> None:
    stays, goes = two
    span = {"since": date(2026, 1, 1), "until": date(2026, 12, 1)}
    early = {"ended_on": date(2026, 2, 1), "ended_at": datetime(2026, 2, 1, tzinfo=UTC)}
    TierOverrideFactory(customer=stays, **span, **early)
    theirs = TierOverrideFactory(customer=goes, since=date(2026, 3, 1), until=date(2026, 12, 1))
    merged()
    theirs.refresh_from_db()
    assert theirs.customer == stays


def test_what_is_known_of_a_customer_moves_but_for_what_the_other_record_knows_better(two, merged, manager) -> None:
    stays, goes = two
    PreferenceFactory(customer=stays, value="王老师")
    PreferenceFactory(customer=stays, kind="festival", value="none")
    unsaid = [
        PreferenceFactory(customer=goes, value="老王"),
        PreferenceFactory(customer=goes, kind="festival", value="christmas"),
    ]
    diet = PreferenceFactory(customer=goes, kind="diet", value="halal")
    LifeEventFactory(customer=stays)
    twice, once = LifeEventFactory(customer=goes), LifeEventFactory(customer=goes, about="son")
    merge = merged()
    rows = [*unsaid, diet, twice, once]
    for row in rows:
        row.refresh_from_db()
    assert [row.customer for row in rows] == [goes, goes, stays, goes, stays]
    undo_merge(merge=merge, reason="A brother", by=manager, at=NOW)
    for row in rows:
        row.refresh_from_db()
    assert [row.customer for row in rows] == [goes] * 5
