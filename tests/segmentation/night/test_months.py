"""Which month a night closes, and from when on its figures are read."""

from datetime import date, timedelta

import pytest

from crm.jobs.models import Run
from segmentation.models import ClosedMonth
from segmentation.night.context import Night
from segmentation.night.pinning import newest, pin
from tests.segmentation.night.bank import close_feeds, customer_with, nights, policy

pytestmark = pytest.mark.django_db(transaction=True)
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def bank():
    policy(("mass", None, 0))
    customer_with({date(2026, 1, 1): "1000"})


def around_the_turn() -> list[Night]:
    """The nights of 31 January, 1 and 2 February."""
    nights(JANUARY, FEBRUARY + timedelta(days=1))
    return [Night.of(run) for run in Run.objects.nights().order_by("business_date")][-3:]


def test_the_night_after_a_month_closes_it(bank):
    turn = around_the_turn()
    assert [night.closing for night in turn] == [None, JANUARY, None]
    assert ClosedMonth.objects.get().run == turn[1].run


def test_rules_read_a_month_from_the_night_after_the_one_that_closed_it(bank):
    assert [night.known_month for night in around_the_turn()] == [None, None, JANUARY]


def test_a_month_whose_feed_is_not_closed_waits_for_it(bank):
    nights(JANUARY, date(2026, 1, 31))
    close_feeds(date(2026, 1, 30))
    assert pin(FEBRUARY, newest())["closing"] is None
    close_feeds(date(2026, 1, 31))
    assert pin(FEBRUARY, newest())["closing"] == str(JANUARY)
    assert pin(date(2026, 1, 31), newest())["closing"] is None, "a month is not over on its last day"


def test_months_are_closed_in_order(bank):
    run = nights(JANUARY, date(2026, 2, 28))
    ClosedMonth.objects.all().delete()
    ClosedMonth.objects.create(month=date(2025, 12, 1), run=run)
    assert pin(date(2026, 3, 1), newest())["closing"] == str(JANUARY)
