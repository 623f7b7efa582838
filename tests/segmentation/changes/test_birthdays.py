"""Birthdays by the sun and by the moon: once a year, in the right window, by the calendar that the customer keeps."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunar_python import Solar

from segmentation.changes.birthdays import births_between, months_of
from tests.factories import CustomerFactory, PreferenceFactory
from tests.segmentation.changes.bank import BIRTHDAY, looked, rules

DAYS = st.dates(date(1930, 1, 1), date(2010, 12, 31))


def lunar(day: date) -> tuple[int, int, int]:
    """Month (negative for a leap month), day and year by the library's own way from day to day."""
    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return found.getMonth(), found.getDay(), found.getYear()


def birthdays_of(born: date, year: int) -> list[date]:
    """The days of the lunar year on which who was born then has the birthday."""
    months = months_of(year)
    first, last = months[0].first, months[-1].first + timedelta(days=months[-1].days)
    found = births_between(first, last)
    return [births.falls_on for births in found if births.born == born and births.is_lunar and births.year == year]


@settings(max_examples=20)
@given(born=DAYS, year=st.integers(2020, 2040))
def test_everybody_has_one_lunar_birthday_in_a_lunar_year_on_their_day_of_their_month(born, year) -> None:
    (falls_on,) = birthdays_of(born, year)
    month, day, _year = lunar(born)
    its_month, its_day, its_year = lunar(falls_on)
    assert (its_month, its_year) == (abs(month), year)
    assert its_day == day or ((day, its_day) == (30, 29) and lunar(falls_on + timedelta(days=1))[1] == 1)


@settings(max_examples=20)
@given(born=DAYS, year=st.integers(2020, 2040))
def test_everybody_has_one_solar_birthday_in_a_year(born, year) -> None:
    found = births_between(date(year, 1, 1), date(year + 1, 1, 1))
    days = [births.falls_on for births in found if births.born == born and not births.is_lunar]
    assert days == [date(year, 2, 28) if (born.month, born.day) == (2, 29) and year % 4 else born.replace(year=year)]


@pytest.mark.parametrize(
    ("born", "year", "falls_on"),
    [
        (date(1990, 1, 27), 2026, date(2026, 2, 17)),  # the first day of the year of the horse, both times
        (date(1966, 9, 29), 2025, date(2025, 10, 6)),  # Mid-Autumn
        (date(2006, 8, 24), 2027, date(2027, 8, 2)),  # the first of a leap seventh month: of the plain one
        (date(2024, 2, 9), 2025, date(2026, 2, 16)),  # New Year's Eve, the thirtieth: of 2025 it was the twenty-ninth
    ],
)
def test_days_that_everybody_can_look_up(born, year, falls_on) -> None:
    assert birthdays_of(born, year) == [falls_on]


@pytest.mark.django_db
class TestNoticed:
    def test_by_the_calendar_that_the_customer_keeps_within_the_days(self) -> None:
        rules(BIRTHDAY)
        sun = [CustomerFactory(birth_date=date(1980, 3, day)) for day in (10, 11, 17, 18)]
        # the twenty-second of the first month, on 10 March 2026
        moon = CustomerFactory(birth_date=date(1990, 2, 17))
        PreferenceFactory(customer=moon, kind="lunar_birthday", value="yes")
        said_no = CustomerFactory(birth_date=date(1990, 2, 18))
        PreferenceFactory(customer=said_no, kind="lunar_birthday", value="no")

        found = looked(date(2026, 3, 10))

        assert {change.customer for change in found} == {sun[1], sun[2]}
        assert sorted((change.about, change.due_on) for change in found) == [
            ("solar:2026", date(2026, 3, 11)), ("solar:2026", date(2026, 3, 17)),
        ]  # fmt: skip
        assert "Turns 46 on 11 Mar 2026" in {str(change) for change in found}

    def test_a_lunar_birthday_is_told_before_it_comes_and_once_in_its_year(self) -> None:
        rules(BIRTHDAY)
        customer = CustomerFactory(birth_date=date(1990, 1, 27))
        PreferenceFactory(customer=customer, kind="lunar_birthday", value="yes")
        falls_on = date(2027, 2, 6)
        assert looked(falls_on - timedelta(days=9)) == []
        (change,) = looked(falls_on - timedelta(days=7))
        assert (change.about, change.due_on) == ("lunar:2027", falls_on)
        assert str(change) == "Birthday by the lunar calendar on 6 Feb 2027"
        assert looked(falls_on - timedelta(days=6)) == looked(falls_on) == []

    def test_the_dead_and_companies_have_none(self) -> None:
        rules(BIRTHDAY)
        born = date(1980, 3, 11)
        for more in ({"status": "deceased"}, {"kind": "company"}, {"status": "closed"}):
            CustomerFactory(birth_date=born, **more)
        assert looked(date(2026, 3, 10)) == []
