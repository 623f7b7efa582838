"""Who gets whom: level, language, continuity, capacity, moves and their budget, and a second night that moves nobody."""

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from managers.assigning.dealing import deal
from managers.assigning.planning import Reason, with_kin
from tests.managers.assigning.plans import TEAM, afterwards, loads_of, person, planned, seat, spread, staff


def test_uncovered_customers_fill_all_to_one_level_against_capacity() -> None:
    group = staff(seat(1, 100), seat(2, 200))
    held = [person(n, manager=1) for n in range(40)]
    plan = planned([*held, *(person(n) for n in range(100, 180))], group)
    assert Counter(plan.assigned.values()) == {2: 80} and not plan.left


@pytest.mark.parametrize("capacities", [(40, 50, 60), (30, 80, 40)])
def test_the_spread_is_within_a_tenth_of_the_optimum_that_is_found_by_trying_all(capacities) -> None:
    group = staff(*(seat(key, capacity) for key, capacity in enumerate(capacities)))
    held = [person(100, 8, manager=0), person(101, 4, manager=1)]
    new = [person(n, weight) for n, weight in enumerate((8, 8, 4, 4, 4, 2, 2, 1))]
    best = min(
        spread([*held, *(replace(one, manager=key) for one, key in zip(new, keys, strict=True))], group)
        for keys in product(range(3), repeat=len(new))
    )
    plan = planned([*held, *new], group)
    assert spread(afterwards([*held, *new], plan), group) <= 1.1 * best + 1e-6


def test_nobody_over_capacity_away_or_of_another_team_gets_anybody_and_who_is_left_has_a_reason() -> None:
    group = staff(
        seat(1, 5), seat(2, is_open=False), seat(3), teams={TEAM: {1, 2}, ("team", 9): {3}, ("branch", 2): {2}}
    )
    people = [person(n) for n in range(8)]
    plan = planned(
        [*people, person(20, team=("branch", 2)), person(21, team=("team", 7)), person(22, team=None)], group
    )
    assert Counter(plan.assigned.values()) == {1: 5}
    left = Counter(plan.left.values())
    assert left == {Reason.FULL: 3, Reason.AWAY: 1, Reason.NOBODY: 1, Reason.NO_BRANCH: 1}


def test_the_heavier_ones_come_first_where_there_is_not_room_for_all() -> None:
    plan = planned([person(1, 1), person(2, 8), person(3, 1)], staff(seat(1, 9)))
    assert set(plan.assigned) == {1, 2} and plan.left == {3: Reason.FULL}


def test_a_tier_that_nobody_may_look_after_is_left_with_that_reason() -> None:
    plan = planned([person(1)], staff(seat(1, barred_tiers=frozenset({"gold"})), seat(2, is_open=False)))
    assert plan.left == {1: Reason.UNFIT}


def test_who_speaks_the_language_comes_first_and_where_nobody_does_it_keeps_nobody_from_a_manager() -> None:
    group = staff(seat(1, 100, languages=frozenset({"zh"})), seat(2, 4, languages=frozenset({"en"})))
    plan = planned([*(person(n, language="en") for n in range(6)), person(10, language="ru")], group)
    english = Counter(plan.assigned[n] for n in range(6))
    assert english == {2: 4, 1: 2} and plan.assigned[10] == 1


def test_who_had_a_manager_before_gets_them_back_and_a_household_stays_together() -> None:
    group = staff(*(seat(key) for key in (1, 2, 3)))
    people = [person(n, wishes=(3,)) if n == 5 else person(n) for n in range(6)]
    assert planned(people, group).assigned[5] == 3
    held = [person(10 + key, manager=key, household=7 if key == 2 else None) for key in (1, 2, 3)]
    kin = with_kin([*held, *(person(n, household=7 if n == 2 else None) for n in range(3))])
    assert planned(kin, group).assigned[2] == 2


def test_a_manager_far_over_the_level_gives_those_who_came_last_within_the_budget() -> None:
    group = staff(seat(1), seat(2), seat(3))
    people = [person(n, manager=1, since=n) for n in range(90)]
    plan = planned(people, group, budget=10)
    assert set(plan.moves) == set(range(80, 90)) and {giver for giver, _taker in plan.moves.values()} == {1}
    assert Counter(taker for _giver, taker in plan.moves.values()).keys() <= {2, 3}
    assert not planned(people, group, budget=0).moves


def test_within_the_threshold_nobody_moves() -> None:
    group = staff(seat(1), seat(2))
    people = [person(n, manager=1 if n < 45 else 2) for n in range(60)]
    assert not planned(people, group, budget=50, threshold=0.2).moves
    assert planned(people, group, budget=50, threshold=0.1).moves


def test_whom_another_team_looks_after_is_moved_there_and_who_is_to_stay_stays() -> None:
    group = staff(seat(1), seat(2), teams={TEAM: {1}, ("team", 9): {2}})
    theirs = person(5, manager=1, team=("team", 9))
    assert planned([theirs], group, budget=5).moves == {5: (1, 2)}
    assert not planned([replace(theirs, stays=True)], group, budget=5).moves


def test_who_is_away_takes_nobody_and_gives_nobody() -> None:
    group = staff(seat(1, 3), seat(2, 1), seat(3, 1, is_open=False))
    people = [person(0, 1, manager=3), person(1, 1, manager=3), person(2, 2, manager=2)]
    assert not planned(people, group, budget=2).moves
    theirs = replace(people[0], team=("team", 9))
    there = staff(seat(1), seat(3, is_open=False), teams={TEAM: {3}, ("team", 9): {1}})
    assert planned([theirs], there, budget=2).moves == {
        0: (3, 1)
    }  # whom another team looks after goes there all the same


def test_nobody_goes_to_who_does_not_speak_their_language_to_even_out_the_level() -> None:
    group = staff(seat(1, 2, languages=frozenset({"en"})), seat(2, 5))
    plan = planned(people := [person(0, 1, language="zh"), person(1, 4, since=1)], group, budget=1)
    assert plan.assigned == {0: 2, 1: 2}
    assert not planned(afterwards(people, plan), group, budget=1).moves


def test_a_programme_over_which_the_solver_stumbles_is_solved_another_way() -> None:
    plan = planned(
        [person(0, 1), person(1, 2), person(2, 4)], staff(seat(1, 1, is_open=False), seat(2, 33), seat(3, 87))
    )
    assert len(plan.assigned) == 3


people_of = st.lists(
    st.tuples(st.sampled_from((1, 2, 4, 8)), st.sampled_from((None, 1, 2, 3)), st.sampled_from(("", "en", "zh"))),
    max_size=40,
)
seats_of = st.lists(st.tuples(st.integers(1, 90), st.booleans(), st.sampled_from((None, "en"))), min_size=3, max_size=3)


@given(people_of, seats_of, st.integers(0, 12))
def test_every_plan_keeps_its_promises_and_a_second_night_moves_nobody_for_its_own_sake(people, seats, budget) -> None:
    group = staff(
        *(
            seat(key, capacity, is_open=is_open, languages=frozenset({speaks} if speaks else ()))
            for key, (capacity, is_open, speaks) in enumerate(seats, start=1)
        )
    )
    customers = [
        person(n, weight, manager=manager, language=language, since=n)
        for n, (weight, manager, language) in enumerate(people)
    ]
    plan = planned(customers, group, budget=budget)
    uncovered = {one.key for one in customers if one.manager is None}
    assert plan.assigned.keys() | plan.left.keys() == uncovered and not plan.assigned.keys() & plan.left.keys()
    before, after = loads_of(customers, group), loads_of(afterwards(customers, plan), group)
    for key, one in group.people.items():
        assert after[key] <= max(before[key], one.capacity if one.is_open else 0)
    assert len(plan.moves) <= budget and plan.moves.keys().isdisjoint(uncovered)
    assert all(giver != taker and group.people[taker].is_open for giver, taker in plan.moves.values())
    if len(plan.moves) < budget:
        again = planned(afterwards(customers, plan), group, budget=budget)
        assert plan.moves or not (again.assigned or again.moves)
        assert again.moves.keys().isdisjoint(plan.assigned | plan.moves)  # others may go where these made room


@given(
    st.lists(st.tuples(st.sampled_from((1, 2, 3)), st.integers(0, 3)), max_size=30),
    st.lists(st.integers(0, 12), min_size=3, max_size=3),
)
def test_dealing_gives_each_customer_at_most_once_and_fills_every_place(wishes, counts) -> None:
    room = dict(enumerate(counts, start=1))
    people = [person(n, wishes=(wish,), household=home or None) for n, (wish, home) in enumerate(wishes)]
    dealt = deal(people, room)
    given_away = Counter(dealt.values())
    assert all(given_away[key] <= room[key] for key in given_away)
    assert len(dealt) == min(len(people), sum(counts))
    assert dealt == deal(list(reversed(people)), room)
