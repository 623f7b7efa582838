"""Whom a rule picks: the whole book for an admin under pseudonyms, the own reach for everybody else by name."""

from datetime import date

import pytest

from customers.masking import pseudonym
from segmentation import rules
from segmentation.counting import count, sample
from tests.factories import CustomerFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def rule(op: str = ">=", value: object = "200000", field: str = "balance", **more: str) -> rules.Rule:
    return rules.validate({"field": field, "op": op, "value": value, **more}, purpose="segment")


@pytest.fixture
def bank(manager, manager2, east, west) -> dict:
    policy(("mass", None, 0), ("gold", "200000", 3))
    found = {
        "own": customer_with({DAY: "250000"}, number="1", name="王芳", manager=manager, branch=east),
        "other": customer_with({DAY: "300000"}, number="2", name="李娜", manager=manager2, branch=west),
        "poor": customer_with({DAY: "100"}, number="3", manager=manager, branch=east),
        "prospect": CustomerFactory(number="4", prospect=True, branch=west),
        "company": CustomerFactory(number="5", company=True, branch=west),
    }
    nights(date(2026, 1, 1), date(2026, 1, 1))
    return found


@pytest.mark.parametrize(("who", "picked", "asked"), [("admin", 2, 4), ("auditor", 2, 4), ("manager", 1, 2), ("head", 1, 2), ("approver", 0, 0)])  # fmt: skip
def test_an_admin_counts_the_whole_book_and_others_their_reach(bank, request, who, picked, asked):
    found = count(rule(), user=request.getfixturevalue(who), purpose="tier")

    assert found and (found.picked, found.unknown, found.asked, found.as_of) == (picked, 0, asked, DAY)


def test_a_tier_rule_is_put_to_those_who_have_tiers_and_to_the_kind(bank, admin):
    everybody = rules.EVERYBODY

    def asked(purpose: str, kind: str = "") -> int:
        found = count(everybody, user=admin, purpose=purpose, customer_kind=kind)
        assert found
        return found.picked

    assert (asked("segment"), asked("tier"), asked("tier", "person"), asked("waiver", "company")) == (5, 4, 3, 1)


def test_a_figure_that_must_be_known_is_counted_apart(bank, admin):
    found = count(rule(field="annual_income", unknown="error"), user=admin, purpose="segment")

    assert found and (found.picked, found.unknown, found.share) == (0, 5, 0)


def test_a_branch_is_found_by_its_code(bank, admin):
    found = count(rule("in", ["WEST"], "branch"), user=admin, purpose="segment")

    assert found and found.picked == 3


def test_an_admin_sees_pseudonyms_and_a_manager_names(bank, admin, manager):
    for_admin = sample(rule(), user=admin, purpose="tier")
    for_manager = sample(rule(), user=manager, purpose="tier")

    assert {one.label for one in for_admin} == {pseudonym(bank["own"].number), pseudonym(bank["other"].number)}
    assert all(one.customer is None and "芳" not in str(one) and one.tier == "Mass" for one in for_admin)
    assert [(one.label, one.branch, one.figures) for one in for_manager] == [
        ("王芳", "East branch", ["250,000.00 CNY"])
    ]


def test_a_pseudonym_is_stable_and_follows_from_a_key(bank, settings):
    before = pseudonym(bank["own"].number)
    assert before == pseudonym(bank["own"].number) != pseudonym(bank["other"].number)
    assert before.startswith("C-") and before.removeprefix("C-") != "1"

    settings.CRM_HASH_KEY = "another"
    assert pseudonym(bank["own"].number) != before


def test_a_sample_shows_each_figure_that_the_rule_uses(bank, admin):
    tree = {"all": [{"field": "balance", "op": ">", "value": "0"}, {"field": "tenure_months", "op": ">=", "value": 0}]}

    rows = sample(rules.validate(tree, purpose="tier"), user=admin, purpose="tier")

    assert rows[0].figures[1] == "0 months"


def test_before_the_first_night_there_is_nothing_to_count(admin):
    assert count(rule(), user=admin, purpose="tier") is None
    assert sample(rule(), user=admin, purpose="tier") == []


def test_every_field_of_the_facts_can_be_counted(bank, admin):
    for field in (each for each in rules.FIELDS.values() if not (each.of_scheme or each.is_reference)):
        found = count(
            rules.validate({"field": field.name, "op": "is_null"}, purpose="segment"), user=admin, purpose="segment"
        )
        assert found is not None, field.name


def test_what_a_scheme_reckons_for_itself_is_not_counted(bank, admin):
    stars = rules.validate({"field": "points", "op": ">=", "value": 50}, purpose="tier")

    assert count(stars, user=admin, purpose="tier") is None
    assert sample(stars, user=admin, purpose="tier") == []
