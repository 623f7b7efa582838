"""What the demo data promise before they are in a database."""

from collections import Counter
from datetime import date, timedelta

import pytest

from crm.management.demo.couples import share_accounts
from crm.management.demo.people import Population, national_id
from crm.management.demo.span import MONTHS, Span, month_after
from crm.management.demo.stories import NAMED

LAST = date(2026, 3, 22)


def population(size, seed=1):
    people = Population(seed=seed, span=Span(LAST))
    return [people.party(place) for place in range(size)]


@pytest.fixture(scope="module")
def parties():
    found = population(400)
    share_accounts(found, seed=1)
    return found


def average(party, month, *, of="CNY"):
    """The customer's share of the month's average, in yuan."""
    span, total = Span(LAST), 0.0
    for book in party.accounts:
        share = next(float(share) for place, _, share in book.holders if place == party.place)
        if book.currency == of and book.product != "mortgage":
            until = min(month_after(month), LAST + timedelta(days=1))
            total += share * book.average(month, until, list(book.balances(span.first))) / 100
    return total


def test_the_span_is_the_open_month_and_the_14_before_it():
    assert (Span(LAST).first, Span(LAST).months[-1]) == (date(2025, 1, 1), date(2026, 3, 1))
    assert Span(date(2026, 11, 1)).first == date(2025, 9, 1)


def test_a_customer_is_the_same_in_a_bank_of_any_size():
    assert population(40) == population(60)[:40]


def test_another_seed_gives_other_people():
    assert population(40, seed=2)[len(NAMED) :] != population(40)[len(NAMED) :]


def test_only_a_debt_is_ever_below_nothing(parties):
    for party in parties:
        for book in party.accounts:
            lowest = min(cents for _, cents in book.balances(Span(LAST).first))
            assert (lowest < 0) == (book.product in ("mortgage", "company_loan", "card")), book.number


def test_nothing_moves_after_the_last_day_or_before_the_account_is_open(parties):
    first = Span(LAST).first
    moments = [(book, move.on) for party in parties for book in party.accounts for move in book.moves]
    assert all(max(first, book.opened_on) <= on <= LAST for book, on in moments)
    assert all(charge.on <= LAST for party in parties for book in party.accounts for charge in book.charges)


def test_assets_follow_the_story(parties):
    zhang_wei = parties[0]
    assert zhang_wei.name == "张伟"
    averages = [average(zhang_wei, month) for month in Span(LAST).months]
    assert all(abs(found - wanted) < 20_000 for found, wanted in zip(averages, zhang_wei.path, strict=True))
    assert 470_000 < averages[-1] < 500_000


def test_who_is_watched_fell_below_gold_two_months_ago(parties):
    li_na = next(party for party in parties if party.name == "李娜")
    below = [average(li_na, month) < 200_000 for month in Span(LAST).months]
    assert below == [False] * (MONTHS - 3) + [True] * 3


def test_a_joint_account_is_half_each(parties):
    joint = [
        book for party in parties for book in party.accounts if book.number.endswith("88") and len(book.holders) == 2
    ]
    assert joint
    assert all([role for _, role, _ in book.holders] == ["owner", "joint"] for book in joint)
    assert all(sum(float(share) for _, _, share in book.holders) == 1 for book in joint)


def test_numbers_of_accounts_and_ids_are_unique(parties):
    numbers = Counter(book.number for party in parties for book in party.accounts)
    ids = Counter(party.contact.get("national_id") for party in parties if party.kind == "person")
    assert max(numbers.values()) == max(ids.values()) == 1


def test_the_check_digit_of_an_id_is_right():
    number = national_id("310106", date(1984, 5, 6), "male", 17)
    weights = [pow(2, 17 - place, 11) for place in range(18)]
    values = [10 if digit == "X" else int(digit) for digit in number]
    assert sum(value * weight for value, weight in zip(values, weights, strict=True)) % 11 == 1
    assert int(number[16]) % 2 == 1
