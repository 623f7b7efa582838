"""What rules know of value: the year through the month that was closed before their night."""

from decimal import Decimal

import pytest

from segmentation.counting import count
from segmentation.lookups import looked_up
from segmentation.rules import validate
from tests.factories import CustomerFactory
from tests.segmentation.night.bank import JANUARY
from tests.segmentation.segments.bank import periods, segment
from tests.segmentation.segments.bank import use as use_segments
from tests.segmentation.value.bank import account, close, months, use

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bank():
    use()
    rich, poor = CustomerFactory(number="R"), CustomerFactory(number="P")
    account(rich, "saving", {JANUARY: "1000000"})
    account(poor, "saving", {JANUARY: "10"})
    return rich


def test_a_rule_over_value_picks_whom_python_says(bank):
    rule = validate({"field": "value_year", "op": ">=", "value": "764.38"}, purpose="segment")
    assert looked_up(bank, ["value_year", "lifetime_value"], JANUARY) == {"value_year": None, "lifetime_value": None}
    close(JANUARY)
    found = count(rule, user=None, purpose="segment")
    assert (found.picked, found.asked) == (1, 2)
    values = looked_up(bank, ["value_year", "lifetime_value"], JANUARY)
    assert values == {"value_year": Decimal("764.38"), "lifetime_value": Decimal("3439.71")}


def test_a_segment_over_value_fills_once_a_month_is_known(bank):
    close(JANUARY)
    use_segments(segment(code="worthy", when={"field": "lifetime_value", "op": ">", "value": "1000"}))
    close(*months(2)[1:])
    assert [number for number, _since, until in periods("worthy") if until is None] == ["R"]
