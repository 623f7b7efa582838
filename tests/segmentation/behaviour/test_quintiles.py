"""Fifths of all customers of a kind: equal values share one, and who is unknown stands apart."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from segmentation.behaviour.reckoning import find_quintiles
from segmentation.models import Behaviour, Quintiles
from segmentation.night.context import Night
from tests.segmentation.behaviour.bank import JANUARY, begin, close_january, move, somebody, told

pytestmark = pytest.mark.django_db
DAYS = st.none() | st.integers(0, 9) | st.integers(0, 4000)
COUNTS = st.none() | st.integers(0, 3) | st.integers(0, 900)
SUMS = st.none() | st.integers(0, 4).map(Decimal) | st.decimals(0, 10**9, places=2)
PEOPLE = st.lists(st.tuples(st.sampled_from(["person", "company"]), DAYS, COUNTS, SUMS), max_size=24)
ROW = """
INSERT INTO segmentation_behaviourmonth (month, customer_id, kind, currency, moves, payments, recency_days,
                                         transactions_year, turnover_year)
VALUES (%s, %s, %s, 'CNY', 0, 0, %s, %s, %s)
"""


def plain(values: list[Any]) -> list[int | None]:
    """By counting: how many fifths of those who are known have less."""
    known = [value for value in values if value is not None]
    return [None if value is None else 1 + 5 * sum(other < value for other in known) // len(known) for value in values]


@given(people=PEOPLE)
def test_fifths_are_those_that_one_gets_by_counting(people: list[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT segmentation_ensure_behaviour(%s)", [JANUARY])
        cursor.execute("DELETE FROM segmentation_behaviourmonth")
        for number, person in enumerate(people):
            cursor.execute(ROW, [JANUARY, number, *person])

    find_quintiles(cast(Night, SimpleNamespace(closing=JANUARY, parameters=lambda: {"closing": JANUARY})))

    names = ("recency_quintile", "frequency_quintile", "turnover_quintile")
    found = {row[0]: row[1:] for row in Behaviour.objects.values_list("customer_id", *names)}
    for kind in ("person", "company"):
        of_kind = [(number, person) for number, person in enumerate(people) if person[0] == kind]
        for place, sign in enumerate((-1, 1, 1)):
            values = [None if person[place + 1] is None else sign * person[place + 1] for _number, person in of_kind]
            assert [found[number][place] for number, _person in of_kind] == plain(values)


@pytest.fixture
def bank(db: None) -> None:
    begin()


def test_ties_share_one_fifth(bank) -> None:
    """Of five customers three moved alike: they are all in the lowest, and nobody is in the second and third."""
    people = [somebody() for _ in range(5)]
    for place, amount in enumerate(("-10", "-10", "-10", "-20", "-30")):
        move(people[place], date(2026, 1, 5), amount)

    close_january()

    assert [told(person).turnover_quintile for person in people] == [1, 1, 1, 4, 5]
    assert {told(person).recency_quintile for person in people} == {1}
    assert Quintiles.objects.get().recency == []


def test_five_who_differ_fill_all_fifths_and_the_last_to_come_is_in_the_best(bank) -> None:
    people = [somebody() for _ in range(5)]
    for place, person in enumerate(people):
        move(person, date(2026, 1, 5 + place), "-10")

    close_january()

    assert [told(person).recency_quintile for person in people] == [1, 2, 3, 4, 5]


def test_who_never_came_is_in_no_fifth_of_recency(bank) -> None:
    came, never = somebody(), somebody()
    move(came, date(2026, 1, 5), "-10")

    close_january()

    assert (told(came).recency_quintile, told(never).recency_quintile) == (1, None)
    assert (told(came).frequency_quintile, told(never).frequency_quintile) == (3, 1)


def test_companies_are_compared_with_companies(bank) -> None:
    small, large = somebody(), somebody(company=True)
    move(small, date(2026, 1, 5), "-10")
    move(large, date(2026, 1, 5), "-9000")

    close_january()

    assert [told(each).turnover_quintile for each in (small, large)] == [1, 1]
