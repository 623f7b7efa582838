"""A night of assigning: 100,000 managed customers to 700 managers within a minute, and again a day later (BENCH_CUSTOMERS, BENCH_MANAGERS)."""

import os
from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone

from crm.identity.models import User
from crm.jobs.models import Run
from managers.assigning.nights import assign_due
from managers.leading.sides import sides_of
from managers.models import BookChange, Manager, ManagerProfile
from segmentation.models import Published
from tests.bench import bank
from tests.factories import RunFactory, TierFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "100000"))
MANAGERS = int(os.environ.get("BENCH_MANAGERS", "700"))
TIERS = {"gold": 70, "platinum": 20, "diamond": 8, "private": 2}
LIMIT = 60.0
FACTS = """
INSERT INTO segmentation_facts (slot, customer_id, currency, balance)
SELECT 0, n, 'CNY', n %% 900000 FROM generate_series(1, %(customers)s) n"""
PERIODS = """
INSERT INTO segmentation_tierperiod (customer_id, tier_id, scheme_version_id, since, months_below)
SELECT n, CASE WHEN n / 50 %% 100 < 2 THEN %(private)s WHEN n / 50 %% 100 < 10 THEN %(diamond)s
               WHEN n / 50 %% 100 < 30 THEN %(platinum)s ELSE %(gold)s END, %(version)s, date '2025-01-01', 0
FROM generate_series(1, %(customers)s) n"""


def fill() -> None:
    """Fifty branches with fourteen managers each; a tenth of the customers speak English, as every fifth manager does."""
    bank.fill_customers(CUSTOMERS)
    tiers = {code: TierFactory(code=code).pk for code in TIERS}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"customers": CUSTOMERS})
        cursor.execute(PERIODS, tiers | {"customers": CUSTOMERS, "version": 1})
        cursor.execute("UPDATE customers_customer SET language = 'en' WHERE id / 50 % 10 = 0")
    people = User.objects.bulk_create(
        User(username=f"m{n}", role=User.Role.MANAGER, branch_id=100_001 + n % 50) for n in range(MANAGERS)
    )
    ManagerProfile.objects.bulk_create(
        ManagerProfile(
            user=each, capacity=300 + 50 * (n // 50 % 5), languages=["zh", "en"] if n // 50 % 5 == 0 else ["zh"]
        )
        for n, each in enumerate(people)
    )
    bank.settle()


def night(days: int) -> tuple[Run, float]:
    day = bank.LAST_MONTH + timedelta(days=days)
    run = RunFactory(business_date=day)
    Published.objects.update_or_create(pk=1, defaults={"business_date": day, "slot": 0, "run": run})
    begun = monotonic()
    assigned = assign_due(at=timezone.now())
    assert assigned
    return assigned, monotonic() - begun


def took(act: Callable[[], object]) -> float:
    begun = monotonic()
    act()
    return monotonic() - begun


READS: dict[str, Callable[[], object]] = {
    "all books": lambda: list(Manager.objects.with_book(bank.LAST_MONTH)),
    "fifty side by side": lambda: sides_of(
        Manager.objects.values_list("pk", flat=True)[:50], UserFactory(auditor=True)
    ),
}


@pytest.mark.bench
def test_a_hundred_thousand_customers_get_their_managers_within_a_minute() -> None:
    fill()
    first, seconds = night(0)
    second, again = night(1)
    rows = BookChange.objects.filter(run=second).select_related("manager__book_profile")
    used: dict[int, list[float]] = {}
    for row in rows:
        used.setdefault(row.manager.branch_id or 0, []).append(100 * row.load / row.manager.book_profile.capacity)
    widest = max(max(found) - min(found) for found in used.values())
    print(f"{CUSTOMERS:,} customers, {MANAGERS} managers: {seconds:.1f} s, again {again:.1f} s; used within a branch at most "
          f"{widest:.2f} points apart; {first.result}, then {second.result}")  # fmt: skip
    print("; ".join(f"{what} {took(act):.2f} s" for what, act in READS.items()))
    assert first.result["placed"] == CUSTOMERS and second.result["placed"] == second.result["moved"] == 0
    assert seconds < LIMIT and widest < 2.0
