"""What a night carries forward is what it would read, and a segment says of whom nothing changed what it would say if it
were asked: whatever changed, in whatever order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.base.sql import text_of
from customers.models import Customer
from customers.models.parties import RULED
from segmentation.models import StandingSegments
from segmentation.night.context import Night
from segmentation.night.facts import SQL
from segmentation.rules.registry import FIELDS
from segmentation.segments.classification import classify
from tests.factories import ProductFactory
from tests.segmentation.night.bank import close_feeds
from tests.segmentation.night.test_carried import (
    CHANGES,
    MONTH,
    PEOPLE,
    change,
    everybody,
    fill,
    night_of,
    read_anew,
    written,
)
from tests.segmentation.segments.bank import periods, segment, use

pytestmark = pytest.mark.django_db
# what stands, what days move, what other rows move, and what can't be told
RULES = {
    "rich": {"field": "aum_month_average", "op": ">=", "value": "250"},
    "has": {"field": "balance", "op": ">", "value": "0"},
    "north": {"field": "region", "op": "=", "value": "North"},
    "earns": {"field": "annual_income", "op": ">", "value": "1", "unknown": "error"},
    "firm": {"not": {"field": "kind", "op": "=", "value": "person"}},
    "dormant": {"field": "status", "op": "=", "value": "dormant"},
    "thirty": {"field": "age", "op": ">=", "value": 30},
    "long": {"all": [{"field": "tenure_months", "op": ">=", "value": 1}, {"field": "accounts_held", "op": "<", "value": 2}]},
    "saves": {"any": [{"field": "holds", "op": "=", "value": "fund"}, {"field": "sex", "op": "=", "value": "male"}]},
    "south": {"not": {"field": "segment", "op": "=", "value": "north"}},
}  # fmt: skip
RECORDS = st.sampled_from([
    ("region", "North"), ("region", ""), ("annual_income", None), ("annual_income", "2"), ("kind", "company"),
    ("status", "dormant"), ("status", "closed"), ("status", "active"), ("birth_date", date(1996, 3, 12)), ("sex", "male"),
])  # fmt: skip
NEWS = CHANGES | st.tuples(st.just("is now"), st.integers(0, PEOPLE - 1), RECORDS)
NIGHTS = st.lists(st.tuples(st.integers(1, 3), st.lists(NEWS, max_size=3), st.booleans()), min_size=2, max_size=4)


def told_otherwise(night: Night) -> int:
    """How many would move if everybody were asked anew about the night that is published, once all is read."""
    return classify(replace(night, base=None, is_reranked=False), everybody())


@pytest.fixture
def people(db: None) -> list[Customer]:
    """As after the night of the 2nd, which is complete."""
    ProductFactory(code="other", family="fund")
    use(*(segment(code, when) for code, when in RULES.items()))
    people = fill()
    Customer.objects.filter(number__startswith="I").update(birth_date=date(1996, 3, 9))
    close_feeds(MONTH + timedelta(days=1))
    night_of(MONTH + timedelta(days=1))
    return people


@given(nights=NIGHTS)
def test_what_is_carried_and_kept_is_what_would_be_read_and_told(people, nights):
    with transaction.atomic():
        day = MONTH + timedelta(days=1)
        for later, news, is_closed in nights:
            day += timedelta(days=later)
            for kind, *said in news:
                if kind == "is now":
                    Customer.objects.filter(pk=people[said[0]].pk).update(**dict([said[1]]))
                else:
                    change(people, day, kind, *said)
            if is_closed:
                close_feeds(day)

            night = night_of(day)

            assert night.carries
            assert written() == read_anew(night), day
            assert told_otherwise(night) == 0, day
        transaction.set_rollback(True)


def test_days_move_who_changed_nothing(people):
    """Born on the 9th, thirty years before; nothing else of them moves."""
    for number in (8, 9):
        close_feeds(date(2026, 3, number))
        night_of(date(2026, 3, number))

    assert {since for number, since, _until in periods("thirty") if number.startswith("I")} == {date(2026, 3, 9)}


@pytest.mark.parametrize(("day", "is_asked"), [(date(2026, 3, 3), False), (date(2026, 3, 31), True)])
def test_who_changed_nothing_is_not_asked_until_the_month_ends(people, day, is_asked):
    """As though the night before had found nobody in the north but in all else."""
    bit = 1 << list(RULES).index("north")
    wrong = StandingSegments.objects.filter(customer__number="I1")
    assert not wrong.get().words[0] & bit
    wrong.update(words=[wrong.get().words[0] | bit])
    Customer.objects.filter(number="I2").update(region="North")

    close_feeds(day)
    night_of(day)

    assert wrong.get().words[0] & bit is not is_asked
    assert [number for number, _since, until in periods("north") if until is None] == ["I2"]


def test_who_stayed_because_the_feed_was_open_leaves_when_it_is_closed(people):
    Customer.objects.filter(pk=people[0].pk).update(region="North")
    for number, is_closed, region in ((3, True, "North"), (4, False, ""), (5, True, "")):
        Customer.objects.filter(pk=people[0].pk).update(region=region)
        if is_closed:
            close_feeds(date(2026, 3, number))
        night_of(date(2026, 3, number))

    assert periods("north") == [(people[0].number, date(2026, 3, 3), date(2026, 3, 5))]


def test_what_stands_is_written_by_the_night_or_noted_by_the_record():
    written = text_of(SQL / "facts_changed.sql")
    for field in FIELDS.values():
        if field.stands and not field.is_reference:
            alias, _dot, column = field.column.removeprefix("nullif(").removesuffix(", '')").partition(".")
            assert (alias == "f" and f"{column} = n.{column}" in written) or (alias == "c" and column in RULED), (
                field.name
            )
