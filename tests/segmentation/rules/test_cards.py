"""The kind of the card that was issued last, as of a day: to any holder of any account."""

from datetime import date

import pytest

from customers.models import Card
from segmentation.counting import count
from segmentation.rules import validate
from segmentation.rules.evaluation import met
from segmentation.rules.tree import predicates_of
from tests.factories import AccountHolderFactory, CustomerFactory
from tests.segmentation.night.bank import customer_with, nights, policy, tier_on

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 10)


def card(customer, kind: str, issued_on: date, number: str) -> None:
    Card.objects.create(number=number, holder=AccountHolderFactory(customer=customer), kind=kind, issued_on=issued_on)


def picked(admin, op: str, value: object) -> int:
    rule = validate({"field": "card", "op": op, "value": value}, purpose="segment")
    found = count(rule, user=admin, purpose="segment")
    assert found
    return found.picked


def test_the_newest_card_of_the_day_counts_and_none_is_unknown(admin):
    policy(("mass", None, 0))
    swapped = customer_with({DAY: "1"}, number="A")
    card(swapped, "classic", date(2025, 1, 1), "1")
    card(swapped, "gold", date(2025, 6, 1), "2")
    early = customer_with({DAY: "1"}, number="B")
    card(early, "junior", date(2025, 1, 1), "3")
    card(early, "gold", date(2026, 1, 11), "4")
    CustomerFactory(number="C")
    nights(DAY, DAY)

    assert (picked(admin, "=", "gold"), picked(admin, "=", "junior"), picked(admin, "=", "classic")) == (1, 1, 0)
    assert (picked(admin, "in", ["gold", "junior"]), picked(admin, "is_null", True)) == (2, 1)


def test_python_takes_the_value_as_it_is_given():
    rule = validate({"field": "card", "op": "=", "value": "gold"}, purpose="segment")
    (predicate,) = predicates_of(rule)
    assert [met(predicate, {"card": kind}, DAY) for kind in ("gold", "junior", None)] == [True, False, None]


def test_the_page_of_a_customer_says_what_a_scheme_by_card_makes_of_theirs(signed_in, own, manager):
    gold = {"code": "gold", "name": "Gold", "when": {"field": "card", "op": "=", "value": "gold"}}
    policy(("mass", None, 0), tiers=[{"code": "mass", "name": "Mass"}, gold])
    card(own.customer, "gold", date(2026, 1, 1), "1")
    nights(date(2026, 1, 31), date(2026, 1, 31))

    assert tier_on(own.customer, date(2026, 2, 1)) == "gold"
    assert signed_in(manager).get(f"/customers/{own.customer.pk}/").status_code == 200
