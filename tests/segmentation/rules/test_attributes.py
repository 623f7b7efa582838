"""A rule over custom attributes: SQL in both forms and Python agree on every tree and every value, and a night classifies by it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from customers.models import AttributeValue, Customer
from segmentation import rules
from segmentation.lookups import looked_up
from segmentation.rules.joined import JOINED, joins_of
from segmentation.rules.registry import FIELDS, offered
from tests.factories import AttributeFactory, AttributeValueFactory, CustomerFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)
WORDS = ("golf", "茶", "100% 'sure'")
AMOUNTS = st.sampled_from(["-0.01", "0", "29999.99", "30000"]) | st.decimals("-9", "9", places=2).map(str)
DAYS = st.dates(date(1990, 1, 28), date(1994, 3, 1)).map(date.isoformat)
VALUES = {
    "hobby": st.sampled_from(WORDS), "points": AMOUNTS, "wish": AMOUNTS, "vip_since": DAYS, "expert": st.booleans(),
    "origin": st.sampled_from(["fair", "web"]),
}  # fmt: skip
ORDERED = ("points", "wish", "vip_since")


@pytest.fixture
def attributes(db):
    traits = ({}, {"points": True}, {"limit": True}, {"since": True}, {"expert": True}, {"channel": True})
    return {made.code: made for made in (AttributeFactory(**trait) for trait in traits)}


@st.composite
def predicates(draw: st.DrawFn) -> dict:
    code = draw(st.sampled_from(sorted(VALUES)))
    ops = ["=", "!=", "in", "not_in", "is_null", *(["<", "<=", ">", ">="] if code in ORDERED else [])]
    op, tree = draw(st.sampled_from(ops)), {"field": f"attribute_{code}"}
    if op == "is_null":
        tree["value"] = draw(st.booleans())
    else:
        one = VALUES[code]
        tree["value"] = draw(st.lists(one, min_size=1, max_size=3)) if op in ("in", "not_in") else draw(one)
    unknown = draw(st.sampled_from([None, "false", "true", "error"]))
    return tree | {"op": op} | ({"unknown": unknown} if unknown else {})


def branches(trees: st.SearchStrategy) -> st.SearchStrategy:
    several = st.lists(trees, min_size=1, max_size=3)
    return several.map(lambda t: {"all": t}) | several.map(lambda t: {"any": t}) | trees.map(lambda t: {"not": t})


TREES = st.recursive(predicates(), branches, max_leaves=5)
ROWS = st.fixed_dictionaries({code: st.none() | values for code, values in VALUES.items()})


def keep(customer: Customer, attributes: dict, row: dict) -> None:
    AttributeValue.objects.filter(customer=customer).delete()
    for code, value in row.items():
        if value is not None:
            cell = attributes[code].cell
            typed = {"number": Decimal, "day": date.fromisoformat}.get(cell, lambda one: one)(value)
            AttributeValueFactory(customer=customer, attribute=attributes[code], **{"text": None, cell: typed})


def asked(text: str, parameters: dict, customer: Customer, joins: str = "") -> object:
    with connection.cursor() as cursor:
        statement = f"SELECT {text} FROM customers_customer c {joins} WHERE c.id = %(customer)s"
        cursor.execute(statement, parameters | {"customer": customer.pk})
        return cursor.fetchone()[0]


@given(tree=TREES, row=ROWS)
def test_sql_of_both_forms_and_python_agree_on_every_tree(attributes, tree: dict, row: dict) -> None:
    customer = Customer.objects.first() or CustomerFactory()
    keep(customer, attributes, row)
    rule = rules.validate(tree, purpose="segment")
    one: dict = {"day": DAY}
    looked = asked(rules.sql(rule, parameters=one), one, customer)
    many: dict = {"day": DAY}
    text = rules.sql(rule, parameters=many, columns=JOINED)
    joined = asked(text, many, customer, joins_of(text))
    values = looked_up(customer, [each.name for each in rules.predicates_of(rule)], DAY)
    assert looked == joined == rules.evaluate(rule, values, DAY)
    assert rules.sentence(rule, currency="CNY")


def test_an_attribute_is_offered_until_it_is_retired_and_known_for_ever(attributes) -> None:
    assert {field.name for field in offered()} == {f"attribute_{code}" for code in attributes}
    type(attributes["hobby"]).objects.filter(code="hobby").update(retired_at="2026-01-01T00:00:00Z")
    assert "attribute_hobby" not in {field.name for field in offered()}
    assert rules.validate({"field": "attribute_hobby", "op": "=", "value": "golf"}, purpose="segment")
    assert "attribute_nothing" not in FIELDS


def test_only_one_that_may_set_prices_stands_in_a_rule_of_prices(attributes) -> None:
    tree = {"field": "attribute_points", "op": ">", "value": "3"}
    with pytest.raises(RuleBroken, match="must never set a price"):
        rules.validate(tree, purpose="tier")
    type(attributes["points"]).objects.filter(code="points").update(may_set_prices=True)
    assert rules.validate(tree, purpose="tier")


def test_a_rule_says_the_attribute_in_the_readers_language(attributes) -> None:
    rule = rules.validate({"field": "attribute_origin", "op": "=", "value": "fair"}, purpose="segment")
    assert "origin" in rules.sentence(rule, currency="CNY").casefold() and "Fair" in rules.sentence(
        rule, currency="CNY"
    )
    with override("zh-hans"):
        assert "来源" in rules.sentence(rule, currency="CNY") and "展会" in rules.sentence(rule, currency="CNY")
