"""Who is about to reach a tier or to lose theirs, by the published figures: found by the statement, told exactly."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from segmentation.models import NearTier, Published, TierPeriod
from segmentation.nearing.reckoning import look_ahead
from tests.factories import (
    CustomerFactory,
    RunFactory,
    SchemeVersionFactory,
    TierFactory,
    TierOverrideFactory,
    TierPeriodFactory,
)

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 2, 20)
FACTS = """
INSERT INTO segmentation_facts (customer_id, slot, currency, aum_month_average) VALUES (%s, 0, 'CNY', %s)
"""


@pytest.fixture
def stands(manager):
    """`stands("mass", 190000)` is a customer of the manager in a tier with such a month average."""
    scheme = SchemeVersionFactory(effective_from=date(2026, 1, 1))
    mass, gold = TierFactory(scheme=scheme.scheme), TierFactory(scheme=scheme.scheme, gold=True)
    run = RunFactory(business_date=AS_OF)
    Published.objects.create(business_date=AS_OF, slot=0, run=run)

    def customer(tier: str, average: int, *, below: int = 0, managed: bool = True):
        found = CustomerFactory(manager=manager if managed else None)
        standing = gold if tier == "gold" else mass
        TierPeriodFactory(customer=found, tier=standing, scheme_version=scheme, months_below=below)
        with connection.cursor() as cursor:
            cursor.execute(FACTS, [found.pk, average])
        return found

    return customer


def near() -> dict[int, tuple]:
    look_ahead()
    rows = NearTier.objects.values_list("customer", "direction", "tier__code", "missing", "falls_on")
    return {row[0]: row[1:] for row in rows}


def test_a_tenth_more_is_near_and_the_rest_is_told_to_the_cent(stands):
    close, reached, far = stands("mass", 188000), stands("mass", 200000), stands("mass", 150000)
    found = near()
    assert found == {
        close.pk: ("up", "gold", Decimal("12000.00"), date(2026, 3, 1)),
        reached.pk: ("up", "gold", Decimal("0.00"), date(2026, 3, 1)),
    }
    assert far.pk not in found


def test_the_last_month_of_grace_is_near_a_fall(stands):
    falls, earlier, safe = (
        stands("gold", 190000, below=2),
        stands("gold", 190000, below=1),
        stands("gold", 250000, below=2),
    )
    found = near()
    assert found == {falls.pk: ("down", "gold", Decimal("10000.00"), date(2026, 3, 1))}
    assert not {earlier.pk, safe.pk} & set(found)


def test_an_override_keeps_the_tier_and_nobody_without_a_manager_is_looked_for(stands):
    held = stands("gold", 190000, below=2)
    TierOverrideFactory(customer=held, hold=True)
    stands("mass", 190000, managed=False)
    assert near() == {}


def test_it_is_reckoned_anew_each_time(stands):
    close = stands("mass", 188000)
    assert len(near()) == 1
    TierPeriod.objects.filter(customer=close).update(until=date(2026, 2, 1))
    assert (near(), look_ahead()) == ({}, 0)


def test_before_the_first_night_nobody_is_near():
    assert look_ahead() == 0
