"""What the closing of a month costs for behaviour: a month that goes on from eleven kept ones, and a bank's first."""

from datetime import date
from time import monotonic

import pytest
from django.db import transaction

from crm.jobs.models import Partition, Run
from segmentation.behaviour import reckoning
from segmentation.models import Behaviour, Quintiles
from segmentation.night.context import Night
from tests.bench import bank
from tests.bench import test_night as spine
from tests.bench.anchor import l_raw
from tests.segmentation.night.bank import close_feeds

pytestmark = pytest.mark.django_db(transaction=True)
DECEMBER = date(2025, 12, 31), date(2026, 1, 1)
JANUARY = date(2026, 1, 31), date(2026, 2, 1)
# in L_raw on one core, where L_raw takes two; the first reads twelve months
LIMITS = {"a month": 2.0, "the first month": 12.0}


def closed(ends: tuple[date, date]) -> Night:
    """The night that closed the month, with the one before it."""
    close_feeds(ends[1])
    for day in ends:
        spine.night(day)
    return Night.of(Run.objects.nights().get(business_date=ends[1]))


def seconds(night: Night) -> float:
    """Of all partitions one after the other; nothing is kept of it."""
    spent = 0.0
    for share in Partition.objects.filter(run=night.run):
        with transaction.atomic():
            begun = monotonic()
            reckoning.reckon(night, share)
            spent += monotonic() - begun
            transaction.set_rollback(True)
    return spent


def figures(customers: int) -> dict[str, float]:
    bank.fill(bank.Size(customers))
    spine.policy()
    anchor = l_raw()
    night = closed(DECEMBER)
    bank.settle()
    found = {"L_raw seconds": anchor, "the first month": seconds(night) / anchor}
    night = closed(JANUARY)
    bank.settle()
    found["a month"] = seconds(night) / anchor
    begun = monotonic()
    reckoning.find_quintiles(night)
    return found | {"fifths": (monotonic() - begun) / anchor}


@pytest.mark.bench
def test_closing_a_month_in_units_of_l_raw(capsys):
    found = figures(spine.CUSTOMERS)
    with capsys.disabled():
        print(f"\nbehaviour of a closed month, {spine.CUSTOMERS} customers, one core")
        for name, value in found.items():
            print(f"  {name:28} {value:10.2f}" + (f"   at most {LIMITS[name]}" if name in LIMITS else ""))
    assert not spine.IS_FULL or [name for name, limit in LIMITS.items() if found[name] > limit] == []


def test_bench_of_behaviour_reckons_everybody():
    figures(300)
    assert Behaviour.objects.filter(month=date(2026, 1, 1)).count() == 300
    assert set(Quintiles.objects.values_list("month", flat=True)) == {date(2025, 12, 1), date(2026, 1, 1)}
