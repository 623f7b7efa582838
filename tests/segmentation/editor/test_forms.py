"""What an editor posts is the content of a policy file; what the file refuses stands beside its input."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from segmentation.editor import SchemeForm, WaiverForm
from segmentation.policies import Policy
from segmentation.schemes import Scheme
from segmentation.views.editing import with_rule
from tests.factories import TierFactory

RICH = {"field": "aum_month_average", "op": ">=", "value": "200000"}
SCHEME = {
    "customer_kind": "person", "name": "Persons", "currency": "CNY", "measure": "aum_month_average",
    "review": {"dates": ["06-30", "12-31"]}, "max_moves_percent": {"gold": {"down": "5"}},
    "tiers": [
        {"code": "mass", "name": "Mass", "max_moves_percent": "7"},
        {"code": "gold", "name": "Gold", "when": {"any": [RICH, {"field": "payroll_month", "op": ">", "value": "9"}]},
         "grace_months": 3, "max_moves_percent": {"up": "10"}},
        {"code": "private", "name": "Private", "when": RICH | {"value": "6000000"}},
    ],
}  # fmt: skip
WAIVERS = {
    "ceiling": "0.60",
    "lines": [
        {"tier": "gold", "fee": "statement", "percent": "0.125", "cap_per_fee": "20.00", "currency": "CNY"},
        {"tier": "gold", "fee": "transfer", "percent": "0.60", "when": {"not": RICH}},
    ],
}


class Inputs(HTMLParser):
    """What a browser would post of a form, buttons apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data = QueryDict(mutable=True)
        self.select = self.area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.data.appendlist(name, given.get("value") or ("on" if given.get("type") == "checkbox" else ""))
        self.select = name if tag == "select" else self.select
        self.area = name if tag == "textarea" else ""
        if tag == "option" and "selected" in given:
            self.data.appendlist(self.select, given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.data.appendlist(self.area, data)
            self.area = ""


def points(form: Any) -> list[dict]:
    return [with_rule(row) for row in form.point_rows] if isinstance(form, SchemeForm) else []


def posted(form: Any) -> QueryDict:
    """The form drawn, and what the browser would send of it."""
    rows = [with_rule(row) for row in form.rows]
    context = {
        "form": form,
        "rows": rows,
        "point_rows": points(form),
        "said": None,
        "lookups": [],
        "counted": "",
        "found": None,
        "text": "",
    }
    return Inputs(render_to_string(form.template, context)).data


def again(form: Any) -> Any:
    return type(form).read(posted(form))


def tier(code: str, when: Any, **more: Any) -> dict:
    return {"code": code, "name": code.title(), "when": when, **more}


def scheme(*tiers: dict, **more: Any) -> dict:
    return {**SCHEME, "max_moves_percent": None, "tiers": [{"code": "mass", "name": "Mass"}, *tiers], **more}


@pytest.mark.django_db
def test_a_scheme_goes_through_the_page_and_says_the_same() -> None:
    form = again(SchemeForm(SCHEME))

    assert form.problems == {}
    assert Scheme.parse(form.content) == Scheme.parse(SCHEME)
    assert again(form).content == form.content


@pytest.mark.django_db
def test_points_holds_invitations_and_fees_below_the_level_go_through_too() -> None:
    lines = [
        {"points": 1, "per": "1000", "field": "balance", "at_most": 500, "unknown": "error"},
        {"points": 50, "when": {"field": "products_held", "op": ">=", "value": 3}},
    ]
    stars = tier("gold", {"field": "points", "op": ">=", "value": 50}, hold_months=6, by_invitation=True)
    owing = tier("top", {"field": "points", "op": ">=", "value": 900}, below={"fee": "statement", "amount": "10.00"})
    content = scheme(stars, owing, points=lines, measure="points")
    content.pop("max_moves_percent")
    form = again(SchemeForm(content))

    assert (form.problems, form.content) == ({}, content)


def test_points_are_given_by_a_button_and_their_rule_by_another() -> None:
    form = SchemeForm(SCHEME)
    form.do("point-add")
    form.do("add:point-0-when")

    assert form.content["points"][0]["when"]["field"] == "aum_month_average"
    assert "tier_scheme.points[0].when.value" in form.problems


@pytest.mark.django_db
def test_a_policy_goes_through_the_page_and_is_the_same() -> None:
    TierFactory(gold=True)
    form = again(WaiverForm(WAIVERS))

    assert (form.problems, form.content) == ({}, WAIVERS)


@pytest.mark.django_db
def test_keys_that_the_editor_does_not_know_are_kept() -> None:
    content = scheme(tier("gold", RICH, later="x"), other={"a": [1]})
    content.pop("max_moves_percent")

    kept = again(SchemeForm(content)).content

    assert kept["other"] == {"a": [1]} and kept["tiers"][1]["later"] == "x"


@pytest.mark.django_db
def test_nothing_typed_is_lost_however_wrong_it_is() -> None:
    wrong = scheme(
        tier("Gold!", {"all": [RICH | {"value": "much"}, {"any": []}]}, grace_months="three"),
        tier("", None), currency="yuan", review={"dates": ["31-31", "x"]}, measure="wealth",
    )  # fmt: skip
    form = again(SchemeForm(wrong))
    kept = form.content

    assert kept["tiers"][1]["when"] == wrong["tiers"][1]["when"]
    assert (kept["tiers"][1]["grace_months"], kept["review"], kept["currency"]) == ("three", wrong["review"], "yuan")
    assert {
        "tier_scheme.tiers[1].code", "tier_scheme.tiers[1].when.all[0].value", "tier_scheme.tiers[1].when.all[1].any",
        "tier_scheme.tiers[2].code", "tier_scheme.tiers[2].when", "tier_scheme.currency",
    } <= set(form.problems)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "path", "name"),
    [
        (scheme(tier("gold", RICH), tier("top", RICH | {"value": "1"})), "tier_scheme.tiers[2].when.value", "tier-2-when-value"),
        (scheme(tier("gold", RICH), tier("gold", RICH | {"value": "900000"})), "tier_scheme.tiers[2].code", "tier-2-code"),
        (scheme(tier("gold", RICH | {"field": "age", "value": 9})), "tier_scheme.tiers[1].when.field", "tier-1-when-field"),
        (scheme(tier("gold", RICH, grace_months=500)), "tier_scheme.tiers[1].grace_months", "tier-1-grace_months"),
        (scheme(tier("gold", {})), "tier_scheme.tiers[1].when", ""),
        (scheme(review={"dates": ["02-29"]}), "tier_scheme.review.dates[0]", "scheme-dates"),
    ],
)  # fmt: skip
def test_what_a_scheme_refuses_stands_beside_the_input(content: dict, path: str, name: str) -> None:
    form = SchemeForm(content)

    assert path in form.problems
    if name:
        rows = [with_rule(row) for row in form.rows]
        context = {
            "form": form,
            "rows": rows,
            "point_rows": points(form),
            "said": None,
            "lookups": [],
            "counted": "",
            "found": None,
            "text": "",
        }
        html = render_to_string(form.template, context)
        assert f'name="{name}"' in html
        tag = html.split(f'name="{name}"')[1].split(">")[0]
        assert 'aria-invalid="true"' in tag


@pytest.mark.django_db
def test_what_a_policy_refuses_stands_beside_the_input() -> None:
    TierFactory(gold=True)
    lines = [
        {"tier": "gold", "fee": "a", "percent": "0.61"}, {"tier": "steel", "fee": "a", "percent": "ten"},
        {"tier": "gold", "fee": "a", "percent": "0.10", "cap_per_fee": "-1", "when": RICH | {"field": "sex", "op": "="}},
    ]  # fmt: skip

    problems = WaiverForm({"ceiling": "0.60", "lines": lines}).problems

    assert {
        "waiver_policy.lines[0].percent", "waiver_policy.lines[1].percent", "waiver_policy.lines[1].tier",
        "waiver_policy.lines[2].when.field",
    } <= set(problems)  # fmt: skip


@pytest.mark.parametrize(
    ("button", "codes"),
    [
        ("tier-up:2", ["mass", "private", "gold"]),
        ("tier-down:1", ["mass", "private", "gold"]),
        ("tier-remove:1", ["mass", "private"]),
        ("tier-add", ["mass", "gold", "private", None]),
        ("tier-up:9", ["mass", "gold", "private"]),
        ("line-add", ["mass", "gold", "private"]),
    ],
)
def test_tiers_are_moved_by_buttons(button: str, codes: list) -> None:
    form = SchemeForm(SCHEME)
    form.do(button)

    assert [each.get("code") for each in form.content["tiers"]] == codes


def test_a_button_of_a_rule_changes_that_rule_alone() -> None:
    form = SchemeForm(SCHEME)
    form.do("negate:tier-2-when")

    assert "not" in form.content["tiers"][2]["when"] and form.content["tiers"][1]["when"] == SCHEME["tiers"][1]["when"]


@given(text=st.text(max_size=12) | st.decimals(0, 999, places=4).map(str))
def test_a_percent_comes_back_as_it_was_typed(text: str) -> None:
    from segmentation.editor.fields import POLICY  # noqa: PLC0415

    percent = POLICY[0]
    once = percent.to_json(text)

    assert percent.to_json(percent.to_text(once)) == once


@pytest.mark.django_db
def test_json_of_any_shape_can_be_edited() -> None:
    for content in (
        [],
        "x",
        None,
        {"tiers": "x", "lines": 3},
        {"tiers": [1, {"when": 5}], "lines": [[], {"when": []}]},
    ):
        assert SchemeForm(content).problems and json.dumps(SchemeForm(content).content)
        assert WaiverForm(content).problems is not None and again(WaiverForm(content))
        assert again(SchemeForm(content)).problems


def test_the_policy_of_a_file_is_what_the_editor_makes() -> None:
    assert Policy.parse({"waiver_policy": WaiverForm(WAIVERS).content}).lines
