from datetime import date

import pytest
from django.db import IntegrityError, transaction

from segmentation.models import TierPeriod
from tests.factories import CustomerFactory, TierFactory, TierPeriodFactory

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))


def refused(act) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    return str(refusal.value)


@pytest.fixture
def someone():
    """Mass in March and April, gold since May."""
    customer = CustomerFactory()
    TierPeriodFactory(customer=customer, since=MARCH, until=MAY)
    TierPeriodFactory(customer=customer, since=MAY, tier=TierFactory(gold=True))
    return customer


def test_periods_that_touch_stand_side_by_side(someone):
    assert TierPeriod.objects.filter(customer=someone).count() == 2


@pytest.mark.parametrize(
    ("since", "until"),
    [(APRIL, MAY), (APRIL, JUNE), (JUNE, date(2026, 7, 1)), (APRIL, None), (JUNE, None), (date(2026, 1, 1), None)],
)
def test_a_day_has_one_tier(someone, since, until):
    assert "one" in refused(lambda: TierPeriodFactory(customer=someone, since=since, until=until))


def test_an_ended_period_can_t_be_stretched_over_the_next(someone):
    ended = TierPeriod.objects.filter(customer=someone, since=MARCH)
    assert refused(lambda: ended.update(until=JUNE))


def test_two_of_one_statement_are_held_apart_too():
    customer, tier = CustomerFactory(), TierFactory()
    version = TierPeriodFactory().scheme_version
    both = [
        TierPeriod(customer=customer, tier=tier, scheme_version=version, since=since, until=until)
        for since, until in ((MARCH, MAY), (APRIL, None))
    ]
    assert refused(lambda: TierPeriod.objects.bulk_create(both))


def test_others_are_not_in_the_way(someone):
    TierPeriodFactory(since=APRIL)
    assert TierPeriod.objects.filter(since=APRIL).count() == 1
