"""What it costs to reckon for everybody by when a contact is due, beside a bare reading of the last contact (BENCH_CUSTOMERS=200000)."""

import os
from datetime import date
from time import monotonic

import pytest
from django.db import connection, transaction
from django.utils import timezone

from managers.cadence.due import keep_book, keep_due
from managers.cadence.report import BYS, report
from managers.models import DueContact
from tests.bench import bank
from tests.factories import ContactPlanFactory, SchemeVersionFactory, TierFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
STATEMENTS = (
    """
    INSERT INTO customers_interaction (customer_id, at, channel, direction, purpose, outcome, note, created_at, version)
    SELECT c.id, now() - make_interval(days => (c.id * 7 + k * 61)::integer %% 400), 'phone', 'out', 'care',
           CASE WHEN (c.id + k) %% 4 = 0 THEN 'not_reached' ELSE 'reached' END, 'Call', now(), 1
    FROM customers_customer c, generate_series(1, 5) k""",
    """
    INSERT INTO segmentation_tierperiod (customer_id, tier_id, scheme_version_id, since, months_below)
    SELECT c.id, CASE WHEN c.id %% 5 = 0 THEN %(gold)s ELSE %(mass)s END, %(version)s, date '2026-01-01', 0
    FROM customers_customer c""",
)
# the anchor: the last contact of everybody by the index of the timeline
BARE = """
SELECT count(*), max(x.at) FROM customers_customer c LEFT JOIN LATERAL (
    SELECT i.at FROM customers_interaction i WHERE i.customer_id = c.id ORDER BY i.at DESC, i.id DESC LIMIT 1
) x ON true
"""
# x the anchor
LIMITS = {"first": 25.0, "again, in batches": 25.0, "report": 3.0}


def seconds(act) -> float:
    begun = monotonic()
    with transaction.atomic():
        act()
    return monotonic() - begun


def figures(customers: int) -> dict[str, float]:
    bank.fill_customers(customers)
    mass, gold = TierFactory(), TierFactory(gold=True)
    asked = {"mass": mass.pk, "gold": gold.pk, "version": SchemeVersionFactory(scheme=mass.scheme).pk}
    with connection.cursor() as cursor:
        for text in STATEMENTS:
            cursor.execute(text, asked)
    lines = [
        {"tier": "mass", "every": 180},
        {"tier": "gold", "every": 60, "unit": "business_days", "executive_months": 6},
    ]
    ContactPlanFactory(lines=lines, effective_from=date(2026, 1, 1))
    bank.settle()
    with connection.cursor() as cursor:
        bare = min(seconds(lambda: cursor.execute(BARE)) for _ in range(3))
    now = timezone.now()
    spent = {"first": seconds(lambda: keep_due(customers=None, at=now))}
    bank.settle()
    spent["again, in batches"] = min(seconds(lambda: keep_book(at=now)) for _ in range(2))
    one = [seconds(lambda: keep_due(customers=[1], at=now)) for _ in range(5)]
    spent["report"] = seconds(lambda: report(DueContact.objects.all(), BYS["branch"], on=timezone.localdate()))
    return {name: value / bare for name, value in spent.items()} | {
        "bare, s": bare,
        "one customer, ms": min(one) * 1000,
    }


@pytest.mark.bench
def test_what_is_due_with_everybody(capsys):
    found = figures(CUSTOMERS)
    with capsys.disabled():
        print(f"\ncadence, {CUSTOMERS:,} customers, x bare: " + ", ".join(f"{k} {v:.2f}" for k, v in found.items()))
    missed = {name: found[name] for name, limit in LIMITS.items() if found[name] > limit}
    assert not missed or CUSTOMERS < 200_000, missed


def test_bench_of_cadence_reckons_what_it_measures():
    figures(300)
    assert DueContact.objects.count() == 300 + 60
