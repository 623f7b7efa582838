import pytest

from crm.base.errors import RuleBroken
from segmentation import rules
from segmentation.rules.registry import FIELDS
from segmentation.rules.validation import MAX_DEPTH, MAX_PREDICATES, MAX_WRONG

RICH = {"field": "aum_month_average", "op": ">=", "value": "30000"}


def refusal(tree: object, purpose: str = "tier") -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        rules.validate(tree, purpose=purpose)
    return caught.value


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        (None, "when"),
        ([], "when"),
        ({"all": []}, "when.all"),
        ({"all": [RICH, {}]}, "when.all[1]"),
        ({"any": [RICH], "note": "x"}, "when"),
        ({"all": [RICH], "any": [RICH]}, "when"),
        ({"not": {"field": "wealth", "op": "=", "value": "1"}}, "when.not.field"),
        ({"op": "=", "value": "1"}, "when.field"),
        (RICH | {"op": "=>"}, "when.op"),
        (RICH | {"op": ["="]}, "when.op"),
        (RICH | {"op": "in"}, "when.value"),
        (RICH | {"comment": "x"}, "when.comment"),
        (RICH | {"unknown": "maybe"}, "when.unknown"),
        (RICH | {"unknown": True}, "when.unknown"),
        ({"field": "balance", "op": ">="}, "when.value"),
        ({"all": [RICH, RICH | {"value": 30000}]}, "when.all[1].value"),
        (RICH | {"value": "30,000"}, "when.value"),
        (RICH | {"value": "NaN"}, "when.value"),
        (RICH | {"value": "0.00001"}, "when.value"),
        (RICH | {"op": "between", "value": ["2", "1"]}, "when.value"),
        ({"field": "accounts_held", "op": ">", "value": "2"}, "when.value"),
        ({"field": "accounts_held", "op": ">", "value": True}, "when.value"),
        ({"field": "first_opened_on", "op": ">", "value": "19940331"}, "when.value"),
        ({"field": "kind", "op": "=", "value": "robot"}, "when.value"),
        ({"field": "occupation", "op": "<", "value": "b"}, "when.op"),
        ({"field": "occupation", "op": "=", "value": "a\x00b"}, "when.value"),
        ({"field": "balance", "op": "is_null", "value": "yes"}, "when.value"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_path(tree: object, path: str) -> None:
    error = refusal(tree)

    assert error.field == path
    assert str(error).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["age", "sex", "region"])
@pytest.mark.parametrize("purpose", ["tier", "waiver"])
def test_protected_fields_never_set_prices(name: str, purpose: str) -> None:
    tree = {"any": [RICH, {"not": {"field": name, "op": "is_null"}}]}

    error = refusal(tree, purpose)

    assert error.field == "when.any[1].not.field"
    assert name in str(error) and "must never set a price" in str(error)


@pytest.mark.parametrize("name", ["age", "sex", "region"])
def test_protected_fields_may_pick_a_segment(name: str) -> None:
    assert rules.validate({"field": name, "op": "is_null"}, purpose="segment")


def test_every_figure_of_the_facts_is_a_field_that_may_set_prices() -> None:
    figures = {name for name, field in FIELDS.items() if field.column.startswith("f.")}

    assert {"aum_month_average", "payroll_month", "mortgage_balance", "first_opened_on"} <= figures
    assert all(FIELDS[name].may_set_prices for name in figures)


def test_the_empty_tree_is_everybody() -> None:
    assert rules.validate({}, purpose="sla") == rules.EVERYBODY


def test_deep_and_long_rules_are_refused() -> None:
    deep = RICH
    for _ in range(MAX_DEPTH):
        deep = {"not": deep}

    assert "levels deep" in str(refusal(deep))
    assert "predicates" in str(refusal({"any": [RICH] * (MAX_PREDICATES + 1)}))


def test_all_that_is_wrong_is_found_at_once() -> None:
    wrong = {"all": [RICH | {"op": "=>"}, RICH, {"not": {"field": "wealth"}}, {"any": []}]}

    rule, refusals = rules.examine(wrong, purpose="tier")

    assert rule is None
    assert [each.field for each in refusals] == ["when.all[0].op", "when.all[2].not.field", "when.all[3].any"]


def test_what_is_said_back_of_a_huge_rule_is_short() -> None:
    for tree in ({"field": "x" * 10**6}, {"x" * 10**6: 1}, {"all": [RICH] * 10**5}, {"any": [{}] * 10**5}):
        _rule, refusals = rules.examine(tree, purpose="tier")

        assert len(refusals) <= MAX_WRONG
        assert all(len(str(each)) < 300 for each in refusals)


def test_a_set_of_5000_values_is_refused_beside_it() -> None:
    assert refusal({"field": "occupation", "op": "in", "value": ["x"] * 5000}, "segment").field == "when.value"
