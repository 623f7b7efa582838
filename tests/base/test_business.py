"""Business days of the bank's country: China gives some weekends to work for the days around its festivals."""

from datetime import UTC, date, datetime

import pytest

from crm.base.business import business_days, business_days_between, is_business_day, next_business_moment, on_or_after


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 2), True),
        (date(2026, 4, 4), False),  # a Saturday
        (date(2026, 4, 6), False),  # the tomb-sweeping holiday, a Monday
        (date(2026, 10, 1), False),
        (date(2026, 2, 14), True),  # a Saturday worked for the spring festival
    ],
)
def test_holidays_and_worked_weekends_are_those_of_china(day, works):
    assert is_business_day(day) is works


def test_what_falls_on_a_holiday_is_due_on_the_next_business_day():
    assert (on_or_after(date(2026, 10, 1)), on_or_after(date(2026, 4, 2))) == (date(2026, 10, 8), date(2026, 4, 2))


def test_the_next_business_moment_keeps_its_hour():
    thursday = datetime(2026, 4, 2, 1, tzinfo=UTC)
    assert next_business_moment(thursday) == datetime(2026, 4, 3, 1, tzinfo=UTC)
    assert next_business_moment(thursday.replace(day=3)) == datetime(2026, 4, 7, 1, tzinfo=UTC)


def test_another_country_has_other_holidays(settings):
    settings.CRM_HOLIDAYS = "DE-BY"
    assert (is_business_day(date(2026, 10, 1)), is_business_day(date(2026, 1, 6))) == (True, False)
    settings.CRM_HOLIDAYS = "DE"
    assert is_business_day(date(2026, 1, 6))


def test_business_days_are_counted_after_the_first_day():
    assert business_days_between(date(2026, 4, 2), date(2026, 4, 7)) == 2
    assert date(2026, 2, 14) in business_days(date(2026, 4, 1)) and date(2026, 4, 6) not in business_days(
        date(2026, 4, 1)
    )
