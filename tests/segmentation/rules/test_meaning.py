from datetime import date
from decimal import Decimal

import pytest

from segmentation import rules

DAY = date(1994, 3, 31)
AVERAGE = "aum_month_average"


def rule(tree: dict) -> rules.Rule:
    return rules.validate(tree, purpose="segment")


def at_least(amount: str, **more: str) -> dict:
    return {"field": AVERAGE, "op": ">=", "value": amount, **more}


@pytest.mark.parametrize(("unknown", "answer"), [("false", False), ("true", True), ("error", None)])
def test_the_tree_says_what_unknown_means(unknown: str, answer: bool | None) -> None:
    assert rules.evaluate(rule(at_least("1", unknown=unknown)), {AVERAGE: None}, DAY) is answer


def test_not_of_an_unknown_that_counts_as_not_met_holds() -> None:
    assert rules.evaluate(rule({"not": at_least("1")}), {}, DAY) is True


def test_one_value_that_must_be_known_makes_the_whole_rule_unknown() -> None:
    either = {"any": [{"field": "accounts_held", "op": ">", "value": 0}, at_least("1", unknown="error")]}

    assert rules.evaluate(rule(either), {"accounts_held": 3}, DAY) is None


def test_is_null_always_knows() -> None:
    nobody_knows = rule({"field": "annual_income", "op": "is_null", "unknown": "error"})

    assert rules.evaluate(nobody_knows, {}, DAY) is True
    assert rules.evaluate(nobody_knows, {"annual_income": "1.0000"}, DAY) is False


@pytest.mark.parametrize(
    ("born", "age"), [("1970-03-31", 24), ("1970-04-01", 23), ("1972-02-29", 22), ("1994-03-31", 0)]
)
def test_age_is_counted_on_the_business_date(born: str, age: int) -> None:
    assert rules.value_of(rules.FIELDS["age"], {"birth_date": born}, DAY) == age


@pytest.mark.parametrize(
    ("tree", "missing"),
    [
        (at_least("500000"), "38000"),
        (at_least("400000"), "0"),
        ({"field": AVERAGE, "op": ">", "value": "500000"}, "38000.01"),
        ({"any": [at_least("600000"), at_least("500000")]}, "38000"),
        ({"all": [at_least("600000"), at_least("500000")]}, "138000"),
        ({"any": [at_least("500000"), {"field": "payroll_month", "op": ">=", "value": "10"}]}, "38000"),
        ({"all": [at_least("500000"), {"field": "payroll_month", "op": ">=", "value": "10"}]}, None),
        ({"field": "payroll_month", "op": ">=", "value": "10"}, None),
        ({"not": {"field": AVERAGE, "op": "<", "value": "500000"}}, "38000"),
    ],
)
def test_gap_is_what_the_measure_lacks(tree: dict, missing: str | None) -> None:
    values = {AVERAGE: "462000.0000", "payroll_month": "5"}

    gap = rules.gap(rule(tree), values, measure=AVERAGE, day=DAY)

    assert gap == (None if missing is None else Decimal(missing))


def test_a_gap_to_an_unknown_figure_is_unknown() -> None:
    assert rules.gap(rule(at_least("1")), {AVERAGE: None}, measure=AVERAGE, day=DAY) is None


@pytest.mark.parametrize(
    ("tree", "sentence"),
    [
        ({}, "every customer"),
        (at_least("30000"), "month average is at least 30,000.00 CZK"),
        (
            {"any": [at_least("1"), {"all": [at_least("2"), {"field": "accounts_held", "op": ">", "value": 1}]}]},
            "month average is at least 1.00 CZK or"
            " (month average is at least 2.00 CZK and accounts is more than 1)",
        ),
        ({"not": {"field": "kind", "op": "in", "value": ["company"]}}, "not (customer kind is one of Company)"),
        ({"field": "tenure_months", "op": "between", "value": [6, 12]},
         "months as a customer is between 6 months and 12 months"),
        ({"field": "balance", "op": "is_null"}, "balance is unknown"),
        (
            at_least("1", unknown="error"),
            "month average is at least 1.00 CZK (unknown: is an error of the customer's row)",
        ),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words(tree: dict, sentence: str) -> None:
    assert rules.sentence(rule(tree), currency="CZK") == sentence


def test_values_travel_as_parameters() -> None:
    parameters: dict = {"run": 1}
    text = rules.sql(rule({"field": "occupation", "op": "=", "value": "'; DROP"}), parameters=parameters)

    assert text == "((nullif(c.occupation, '') = %(r1)s::text) IS TRUE)"
    assert parameters == {"run": 1, "r1": "'; DROP"}
