"""The rule builder by page, by fragment and over REST."""

import json
from datetime import date

import pytest
from django.urls import reverse

from segmentation.builder import RuleForm
from segmentation.builder.posted import fields_of
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
RICH = {"field": "balance", "op": ">=", "value": "200000"}
PART = reverse("rule_part") + "?purpose=tier&currency=CNY"
CHECK = "/api/v1/rules/check/"


@pytest.fixture
def bank(manager, east):
    policy(("mass", None, 0), ("gold", "200000", 3))
    customer_with({date(2026, 1, 1): "250000"}, number="1", name="王芳", manager=manager, branch=east)
    customer_with({date(2026, 1, 1): "100"}, number="2", manager=manager, branch=east)
    nights(date(2026, 1, 1), date(2026, 1, 1))


def typed(tree: object, **more: str) -> dict:
    return {"purpose": "tier", **dict(fields_of(RuleForm.of(tree, purpose="tier").node, "when")), **more}


def test_without_javascript_each_button_answers_the_whole_page(bank, admin, signed_in):
    client = signed_in(admin)

    grown = client.post("/rules/", typed({"all": [RICH]}, do="add:when")).content.decode()
    shown = client.post("/rules/", typed({"all": [RICH]}, do="show")).content.decode()
    counted = client.post("/rules/", typed({"any": [RICH, RICH | {"op": "<"}]}, do="count:when-1")).content.decode()

    assert "<html" in grown and 'id="when-1-value"' in grown and "Type a value." in grown
    assert "of 2 customers" in shown and "Balance is at least 200,000.00 CNY" in shown
    assert "余额 不低于 200,000.00 CNY" in shown and "C-" in shown and "王芳" not in shown
    assert 'id="when-1-count"' in counted and "1</span>" in counted


def test_a_manager_sees_their_own_by_name(bank, manager, signed_in):
    shown = signed_in(manager).post("/rules/", typed(RICH)).content.decode()

    assert "王芳" in shown and "within your reach" in shown


def test_a_link_can_show_a_rule(bank, admin, signed_in):
    client = signed_in(admin)
    shown = client.get("/rules/", {"rule": json.dumps({"not": RICH}), "kind": "person"}).content.decode()

    assert "Not (balance is at least 200,000.00 CNY)" in shown
    assert client.get("/rules/", {"rule": "[" * 5000, "kind": "robot", "purpose": "x"}).status_code == 200


def test_while_typing_only_what_it_comes_to_is_answered(bank, admin, signed_in):
    client = signed_in(admin)

    typing = client.post(PART, typed(RICH), headers=HTMX).content.decode()
    tree = client.post(PART, typed(RICH, do="negate:when"), headers=HTMX).content.decode()
    alone = client.post(PART, typed({"all": [RICH]}, do="count:when-0"), headers=HTMX).content.decode()
    few = client.post(PART, typed(RICH, do="sample"), headers=HTMX).content.decode()

    assert "of 2 customers" in typing and 'id="when-wrong" hx-swap-oob="true"' in typing and "<select" not in typing
    assert 'name="when-0-value"' in tree and "of 2 customers" not in tree
    assert alone.strip().startswith("<button") and ">1</span>" in alone
    assert "250,000.00 CNY" in few


def test_a_field_that_may_not_set_a_price_is_refused_beside_it(bank, admin, signed_in):
    shown = signed_in(admin).post("/rules/", typed({"field": "sex", "op": "=", "value": "male"})).content.decode()

    assert 'aria-describedby="when-wrong" aria-invalid="true"' in shown
    assert shown.count("sex must never set a price") == 2
    assert "of 2 customers" not in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "wealth", "op": "=", "value": "1"},
        {"any": []},
        {"field": "branch", "op": "in", "value": ["x"] * 5000},
        RICH | {"op": "=>"},
        RICH | {"value": "<script>"},
    ],
)
def test_what_is_wrong_is_drawn_again_and_refused_in_words(admin, signed_in, wrong):
    shown = signed_in(admin).post("/rules/", typed(wrong))

    assert shown.status_code == 200
    assert "to be put right" in shown.content.decode() and "<script>" not in shown.content.decode()


@pytest.mark.parametrize("asked", ["purpose=gift", "purpose=tier&kind=robot", "purpose=tier&prefix=<b>", "purpose=tier&currency=x"])  # fmt: skip
def test_a_part_of_nothing_is_not_found(admin, signed_in, asked):
    assert signed_in(admin).post(f"{reverse('rule_part')}?{asked}").status_code == 404


def test_rest_says_and_counts_a_rule(bank, admin, api):
    answer = api(admin).post(CHECK, {"rule": RICH, "purpose": "tier", "customer_kind": "person"})

    assert answer.status_code == 200
    assert answer.json()["sentence"]["en"] == "Balance is at least 200,000.00 CNY"
    assert answer.json()["count"] == {"picked": 1, "unknown": 0, "asked": 2, "as_of": "2026-01-01"}


def test_rest_names_each_place_that_is_wrong(admin, api):
    tree = {"all": [RICH | {"value": 5}, {"field": "age", "op": ">", "value": 60}, {"any": []}]}

    answer = api(admin).post(CHECK, {"rule": tree, "purpose": "waiver"})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["rule.all[0].value", "rule.all[1].field", "rule.all[2].any"]


def test_a_token_to_read_rules_may_check_one(bank, admin, api):
    assert api(admin, "rules:read").post(CHECK, {"rule": {}, "purpose": "sla"}).status_code == 200
