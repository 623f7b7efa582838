"""Each field of a closed month and of holdings says the same looked up, joined and in Python."""

from datetime import date

import pytest

from segmentation.counting import count
from segmentation.lookups import looked_up
from segmentation.rules import FIELDS, Type, evaluate, validate
from segmentation.rules.registry.behaviour import BEHAVIOUR
from segmentation.rules.registry.holdings import HOLDINGS
from tests.factories import AccountFactory
from tests.segmentation.behaviour.bank import FEBRUARY, begin, close_january, move, somebody
from tests.segmentation.night.bank import nights
from tests.segmentation.segments.bank import periods, segment, use

pytestmark = pytest.mark.django_db
VALUES = {Type.MONEY: "1", Type.NUMBER: "1", Type.INTEGER: 1, Type.TEXT: "card"}


@pytest.fixture
def customers(db: None) -> list:
    begin()
    found = [somebody(number=str(place), birth_date=date(1990, 1, place + 1)) for place in range(4)]
    move(found[0], date(2026, 1, 5), "-20", kind="card", channel="online", country="US")
    move(found[1], date(2026, 1, 9), "900", kind="payroll")
    AccountFactory(holder=found[1], product__fund=True)
    AccountFactory(holder=found[2], product__fund=True, closed_on=FEBRUARY)
    close_january()
    return found


@pytest.mark.parametrize("name", [field.name for field in (*BEHAVIOUR, *HOLDINGS)])
def test_a_field_picks_whom_python_says(customers, admin, name):
    field = FIELDS[name]
    value = field.choices[0][0] if field.choices else VALUES[field.type]
    for op, wanted in (("=", value), ("!=", value), ("in", [value]), ("not_in", [value]), ("is_null", True)):
        rule = validate({"field": name, "op": op, "value": wanted}, purpose="segment")

        found = count(rule, user=admin, purpose="segment")

        said = [evaluate(rule, looked_up(each, [name], FEBRUARY), FEBRUARY) for each in customers]
        assert found and found.picked == sum(map(bool, said)), op


def test_a_set_holds_a_word_or_does_not(customers, admin):
    def picked(op: str, value: object, name: str = "holds") -> int:
        found = count(validate({"field": name, "op": op, "value": value}, purpose="segment"), user=admin, purpose="sla")
        assert found
        return found.picked

    assert (picked("=", "fund"), picked("!=", "fund"), picked("=", "deposit")) == (1, 3, 4)
    assert (picked("in", ["fund", "card"]), picked("not_in", ["fund", "card"])) == (1, 3)
    assert picked("=", "fund", "holds_product") == 1
    assert picked("is_null", True) == 0, "who holds nothing is known to hold nothing"


def test_a_segment_of_holders_follows_what_they_hold(customers):
    use(segment("funds", {"field": "holds", "op": "=", "value": "fund"}, customer_kind="person"))
    nights(date(2026, 2, 2), date(2026, 2, 2))

    assert periods("funds") == [("1", date(2026, 2, 2), None)]


def test_what_derives_from_age_sets_no_price():
    closed = {field.name for field in BEHAVIOUR if not field.may_set_prices}
    assert closed == {"life_stage"}
