"""Any tree of the rule language goes through the form and comes back as it was."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from segmentation import rules
from segmentation.builder import RuleForm
from segmentation.builder.posted import fields_of
from tests.segmentation.rules.test_agreement import TREES

RICH = {"field": "aum_month_average", "op": ">=", "value": "30000"}
FRESH = {"field": "aum_month_average", "op": ">=", "value": ""}
VERBS = ("add", "group", "wrap", "unwrap", "negate", "up", "down")


def posted(form: RuleForm) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields_of(form.node, form.prefix):
        data.appendlist(name, value)
    return data


def again(form: RuleForm) -> RuleForm:
    return RuleForm.read(posted(form), form.prefix, purpose=form.purpose)


def of(tree: Any, **options: Any) -> RuleForm:
    return RuleForm.of(tree, **{"purpose": "segment", **options})


@given(tree=TREES)
def test_a_tree_becomes_a_form_and_the_same_tree(tree: dict) -> None:
    form = again(of(tree))

    assert rules.validate(form.tree, purpose="segment") == rules.validate(tree, purpose="segment")


def conditions(tree: Any) -> list[dict]:
    if not isinstance(tree, dict) or not tree:
        return []
    parts = tree.get("all") or tree.get("any") or ([tree["not"]] if "not" in tree else None)
    return [tree] if parts is None else [each for part in parts for each in conditions(part)]


@example(tree={"not": {"not": RICH}}, picks=[("wrap", 0)] * 8)
@given(tree=TREES, picks=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 30)), max_size=8))
def test_no_button_loses_or_changes_a_condition(tree: dict, picks: list[tuple[str, int]]) -> None:
    form = of(tree)
    before = conditions(form.tree)
    for verb, pick in picks:
        names = [name for name, _path, _node in form.places()] or [form.prefix]
        assert form.do(f"{verb}:{names[pick % len(names)]}")
        form = again(form)

    after = [each for each in conditions(form.tree) if each != FRESH]
    assert sorted(map(str, after)) == sorted(map(str, before))


@given(tree=TREES, pick=st.integers(0, 30))
def test_up_and_down_again_is_where_it_was(tree: dict, pick: int) -> None:
    form = of({"all": [{"any": [RICH, tree or RICH]}, RICH]})
    names = [name for name, _path, node in form.places() if name.count("-") == 2]
    name = names[pick % len(names)]
    before = form.tree

    form.do(f"down:{name}")
    form.do(f"up:{form.focus}")

    assert form.tree == before


@pytest.mark.parametrize(
    ("tree", "button", "after"),
    [
        ({}, "add:when", {"field": "aum_month_average", "op": ">=", "value": ""}),
        (RICH, "negate:when", {"not": RICH}),
        ({"not": RICH}, "negate:when", RICH),
        (RICH, "wrap:when", {"any": [RICH]}),
        ({"all": [{"any": [RICH]}]}, "remove:when-0-0", {}),
        ({"all": [RICH, {"any": [RICH, RICH]}]}, "unwrap:when-1", {"all": [RICH, RICH, RICH]}),
        ({"all": [{"any": [RICH]}, RICH]}, "down:when-0-0", {"all": [RICH, RICH]}),
        ({"all": [RICH]}, "add:elsewhere", {"all": [RICH]}),
        ({"all": [RICH]}, "burn:when-0", {"all": [RICH]}),
        ({"all": [RICH]}, "remove:when-7-7", {"all": [RICH]}),
        ({"all": [RICH]}, "remove:when-x", {"all": [RICH]}),
    ],
)
def test_a_button_does_what_it_says(tree: dict, button: str, after: dict) -> None:
    form = of(tree)

    form.do(button)

    assert form.tree == after


def test_a_condition_is_added_beside_a_lone_one() -> None:
    form = of(RICH)
    form.do("add:when")

    assert list(form.tree) == ["all"] and form.focus == "when-1"


def test_what_is_wrong_stands_at_its_input() -> None:
    form = of(
        {"all": [{"any": []}, {"not": RICH | {"value": "much"}}, RICH | {"field": "sex", "op": "="}]}, purpose="tier"
    )

    assert set(form.marks) == {"when-0", "when-1-0-value", "when-2-field"}
    assert form.marks["when-2-field"].endswith("sex must never set a price.")
    assert set(form.refusals) == {"when.all[0].any", "when.all[1].not.value", "when.all[2].field"}


def test_a_refusal_of_the_scheme_finds_its_input() -> None:
    form = of({"all": [RICH]}, prefix="tier-1-when", path="tiers[1].when")

    assert form.refuse("tiers[1].when.all[0].value", "Too easy.") and not form.refuse("tiers[10].when", "x")
    assert form.marks == {"tier-1-when-0-value": "Too easy."}


def test_amounts_are_typed_as_people_write_them() -> None:
    data = QueryDict("when-kind=test&when-field=balance&when-op=between&when-value=1,250,000.50&when-upto= 2000000 ")

    assert RuleForm.read(data, purpose="tier").tree["value"] == ["1250000.50", "2000000"]


def test_a_set_is_a_value_a_line() -> None:
    data = QueryDict("when-kind=test&when-field=branch&when-op=in&when-value=EAST%0D%0A%0D%0AWEST%0D%0A")

    assert RuleForm.read(data, purpose="tier").tree["value"] == ["EAST", "WEST"]


def test_a_tree_of_1000_levels_is_refused_and_never_walked() -> None:
    data = QueryDict(mutable=True)
    name = "when"
    for _level in range(1000):
        data[f"{name}-kind"] = "not"
        name += "-0"
    data[f"{name}-kind"] = "test"
    form = RuleForm.read(data, purpose="tier")

    assert "levels deep" in next(iter(form.refusals.values()))
    deep: Any = RICH
    for _level in range(5000):
        deep = {"not": deep}
    assert "levels deep" in next(iter(of(deep).refusals.values()))


def test_5000_values_are_refused_and_kept() -> None:
    form = again(of({"field": "branch", "op": "in", "value": [f"B{n}" for n in range(5000)]}))

    assert "1 to 500 values" in form.marks["when-value"]
    assert len(form.tree["value"]) == 5000
