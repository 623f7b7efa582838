"""Who is called next: properties of the one function, and a day of a branch drawn by lot."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.queue.picking import IN_A_ROW, Fairness, Waiting, in_a_row, pick, priority
from service.queue.simulating import COUNTERS, CUSTOMERS, branch_day, figures, what_follows

NOW = datetime(2026, 4, 2, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CALM = Fairness(Decimal("0.1"), 30 * MINUTE)
fairnesses = st.builds(
    Fairness, st.decimals("0.01", "5", places=2), st.integers(1, 90).map(lambda minutes: minutes * MINUTE)
)
crowds = st.lists(
    st.builds(
        Waiting, st.integers(1, 10_000), st.sampled_from([0, 0, 0, 1, 2, 8]), st.integers(0, 120).map(lambda ago: NOW - ago * MINUTE)
    ),
    unique_by=lambda one: one.key, max_size=30,
)  # fmt: skip


def who(weight: int, ago: int, key: int = 0) -> Waiting:
    return Waiting(key or 100 - ago, weight, NOW - ago * MINUTE)


def test_gold_is_served_first_until_the_wait_outweighs_the_tier():
    gold, ordinary = who(1, 5), who(0, 14)
    assert pick([ordinary, gold], at=NOW, fairness=CALM, vips_in_a_row=0) == gold
    longer = who(0, 16)
    assert pick([gold, longer], at=NOW, fairness=CALM, vips_in_a_row=0) == longer
    assert priority(longer, at=NOW, fairness=CALM) == Decimal("1.6")


def test_after_two_vips_it_is_the_turn_of_who_waits_too_long_and_of_nobody_else():
    private, ordinary, patient = who(8, 1), who(0, 31), who(0, 30)
    said = {"at": NOW, "fairness": CALM}
    assert pick([private, ordinary, patient], vips_in_a_row=1, **said) == private
    assert pick([private, ordinary, patient], vips_in_a_row=2, **said) == ordinary
    assert pick([private, patient], vips_in_a_row=2, **said) == private


def test_a_counter_for_vips_calls_them_alone_however_many():
    said = {"at": NOW, "fairness": CALM, "is_shared": False}
    assert pick([who(0, 90), who(2, 1)], vips_in_a_row=9, **said) == who(2, 1)
    assert pick([who(0, 90)], vips_in_a_row=0, **said) is None


@given(crowds, fairnesses, st.integers(0, 5), st.booleans())
def test_whoever_is_called_has_the_most_points_of_those_who_may_be(crowd, fairness, row, is_shared):
    found = pick(crowd, at=NOW, fairness=fairness, vips_in_a_row=row, is_shared=is_shared)
    late = [one for one in crowd if not one.is_vip and one.wait(NOW) > fairness.limit]
    able = [one for one in crowd if is_shared or one.is_vip]
    if is_shared and row >= IN_A_ROW and late:
        able = late
    assert (found is None) == (not able)
    if found:
        assert found in able
        assert all(
            priority(found, at=NOW, fairness=fairness) >= priority(one, at=NOW, fairness=fairness) for one in able
        )


@given(crowds, fairnesses, st.integers(0, 5), st.randoms())
def test_the_order_in_which_they_are_told_does_not_matter(crowd, fairness, row, lot):
    said = {"at": NOW, "fairness": fairness, "vips_in_a_row": row}
    mixed = list(crowd)
    lot.shuffle(mixed)
    assert pick(crowd, **said) == pick(mixed, **said)


@given(crowds, fairnesses)
def test_of_one_tier_who_came_first_is_called_first(crowd, fairness):
    found = pick(crowd, at=NOW, fairness=fairness, vips_in_a_row=0)
    if found:
        assert all(one.since >= found.since for one in crowd if one.weight == found.weight)


@given(fairnesses, st.integers(0, 10**6), st.integers(0, 2))
def test_a_day_never_breaks_the_limits_of_fairness(fairness, seed, of_vips):
    calls = branch_day(seed=seed, fairness=fairness, customers=150, of_vips=of_vips)
    assert len({call.one.key for call in calls}) == len(calls) == 150
    assert not unfair(calls, of_vips)


@pytest.mark.parametrize("seed", range(20))
def test_600_customers_at_four_counters_are_called_fairly(seed):
    calls = branch_day(seed=seed, fairness=CALM)
    assert len(calls) == CUSTOMERS and {call.counter for call in calls} == set(range(COUNTERS))
    assert not unfair(calls, 0)
    vips, others = ([call for call in calls if call.one.is_vip is is_vip] for is_vip in (True, False))
    assert figures(vips).p90 <= figures(others).p90


def unfair(calls, of_vips: int) -> list:
    """Calls of a third VIP in a row, at one shared counter or at all of them, while somebody else waited too long."""
    rows, found = defaultdict(list), []
    for call in calls:
        if call.counter < of_vips:
            assert call.one.is_vip
            continue
        for row in (rows["all"], rows[call.counter]):
            row.append(call.one.is_vip)
            if call.late and in_a_row(reversed(row)) > IN_A_ROW:
                found.append(call)
    return found


def test_more_ageing_shortens_the_wait_of_the_others():
    """Measured on the day that the page of the rules shows."""
    _vips, others = what_follows(CALM)
    _vips, sooner = what_follows(Fairness(Decimal("1"), 30 * MINUTE))
    assert sooner.p90 < others.p90
