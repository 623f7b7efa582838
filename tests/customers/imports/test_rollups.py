"""The months of balances and transactions say what a count from day to day says, whatever came in which order."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.imports.reading import LINE, FrameSource
from customers.imports.services import import_source
from customers.models import Account, BalanceMonth, TransactionMonth
from tests.factories import AccountFactory

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 130).map(lambda n: FIRST + timedelta(days=n))
CENTS = st.integers(-(10**6), 10**6).map(lambda n: Decimal(n) / 100)
NUMBERS = ("A1", "A2")
# up to four imports an example, each with its tables and its run: a quarter is what the time allows
A_QUARTER = settings.default.max_examples // 4
BALANCES = st.dictionaries(st.tuples(st.sampled_from(NUMBERS), DAYS), CENTS, min_size=1, max_size=8)
BOOKINGS = st.dictionaries(
    st.integers(1, 12), st.tuples(st.sampled_from(NUMBERS), CENTS, st.sampled_from(["", "payroll"])), min_size=1, max_size=8
)  # fmt: skip


def bring(kind: str, rows: list[dict[str, str]]):
    frame = pd.DataFrame([{LINE: str(line), **row} for line, row in enumerate(rows, start=2)], dtype=str)
    return import_source(kind=kind, source=FrameSource(frame), filename=kind, by="test")


@contextmanager
def rolled_back() -> Iterator[None]:
    """One example: what it made and locked is gone after it, its temporary tables too."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def two_accounts(db):
    for number in NUMBERS:
        AccountFactory(number=number, opened_on=FIRST)


def day_by_day(known: dict[tuple[str, date], Decimal]) -> dict[tuple[str, date], tuple]:
    """A row per account and month with a report, counted naively."""
    counted = {}
    for number in NUMBERS:
        days = sorted(day for owner, day in known if owner == number)
        for month in sorted({day.replace(day=1) for day in days}):
            last = max(day for day in days if day.replace(day=1) == month)
            held = [
                next((known[number, day] for day in reversed(days) if day <= month + timedelta(days=n)), Decimal(0))
                for n in range(-1, (last - month).days + 1)
            ]
            counted[number, month] = (held[0], held[-1], sum(held[1:]), last)
    return counted


@pytest.mark.django_db
@settings(max_examples=A_QUARTER)
@given(files=st.lists(BALANCES, min_size=1, max_size=4))
def test_months_of_balances_equal_a_count_from_day_to_day(two_accounts, files):
    known: dict[tuple[str, date], Decimal] = {}
    with rolled_back():
        for file in files:
            bring(
                "balances",
                [{"account": a, "date": str(day), "balance": f"{amount:.2f}"} for (a, day), amount in file.items()],
            )
            known |= file
            rows = BalanceMonth.objects.values_list(
                "account__number", "month", "opening", "closing", "day_sum", "last_on"
            )
            assert {(row[0], row[1]): row[2:] for row in rows} == day_by_day(known)


@pytest.mark.django_db
@settings(max_examples=A_QUARTER)
@given(files=st.lists(BOOKINGS, min_size=1, max_size=4))
def test_months_of_transactions_equal_the_sums_of_their_rows(two_accounts, files):
    known: dict[int, tuple] = {}
    with rolled_back():
        for file in files:
            rows = [
                {"id": f"T{n}", "account": a, "date": str(FIRST + timedelta(days=n * 9)), "amount": f"{amount:.2f}",
                 "kind": kind}
                for n, (a, amount, kind) in file.items()
            ]  # fmt: skip
            bring("transactions", rows)
            known |= file
            assert months() == summed(known)


def months() -> dict[tuple, tuple]:
    fields = ("account__number", "month", "credits", "debits", "payroll", "count", "last_on")
    return {(row[0], row[1]): row[2:] for row in TransactionMonth.objects.values_list(*fields)}


def summed(known: dict[int, tuple]) -> dict[tuple, tuple]:
    sums: dict[tuple, list] = defaultdict(lambda: [Decimal(0), Decimal(0), Decimal(0), 0, FIRST])
    for n, (number, amount, kind) in known.items():
        day = FIRST + timedelta(days=n * 9)
        of_month = sums[number, day.replace(day=1)]
        of_month[0] += max(amount, Decimal(0))
        of_month[1] += max(-amount, Decimal(0))
        of_month[2] += max(amount, Decimal(0)) if kind == "payroll" else 0
        of_month[3] += 1
        of_month[4] = max(of_month[4], day)
    return {key: tuple(value) for key, value in sums.items()}


@pytest.mark.django_db
def test_the_average_of_a_month_with_600_000_for_20_days_and_200_000_for_10(two_accounts):
    bring(
        "balances",
        [
            {"account": "A1", "date": "2024-04-01", "balance": "600000"},
            {"account": "A1", "date": "2024-04-21", "balance": "200000"},
        ],
    )
    month = BalanceMonth.objects.get(account=Account.objects.get(number="A1"))
    through_the_30th = month.day_sum + month.closing * (date(2024, 4, 30) - month.last_on).days
    assert round(through_the_30th / 30, 2) == Decimal("466666.67")
