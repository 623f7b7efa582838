from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.base.errors import RuleBroken
from segmentation.schemes import Scheme


def when(amount: str, field: str = "aum_month_average") -> dict:
    return {"field": field, "op": ">=", "value": amount}


def content(**changed: Any) -> dict:
    tiers = [
        {"code": "mass", "name": "Mass"},
        {"code": "gold", "name": "Gold", "when": when("200000"), "grace_months": 3},
        {"code": "private", "name": "Private", "when": {"any": [when("6000000"), when("90000", "payroll_month")]},
         "grace_months": 6},
    ]  # fmt: skip
    whole = {"customer_kind": "person", "currency": "CNY", "measure": "aum_month_average", "review": "monthly"}
    return whole | {"tiers": tiers} | changed


def with_gold(**changed: Any) -> dict:
    tiers = content()["tiers"]
    return content(tiers=[tiers[0], tiers[1] | changed, tiers[2]])


def test_a_scheme_knows_its_tiers_from_lowest_to_highest() -> None:
    scheme = Scheme.parse(content())

    assert [(tier.code, tier.grace_months) for tier in scheme.tiers] == [("mass", 0), ("gold", 3), ("private", 6)]
    assert [(code, predicate.name) for code, predicate in scheme.predicates()] == [
        ("gold", "aum_month_average"),
        ("private", "aum_month_average"),
        ("private", "payroll_month"),
    ]
    assert dict(scheme.figure_columns()) == {
        "aum_month_average": "f.aum_month_average",
        "payroll_month": "f.payroll_month",
    }


@pytest.mark.parametrize(
    ("average", "payroll", "rank"),
    [("199999.99", "0", 0), ("200000", "0", 1), ("6000000", "0", 2), ("0", "90000", 2), (None, None, 0)],
)
def test_the_highest_tier_whose_rule_holds_is_earned(average: str, payroll: str, rank: int) -> None:
    scheme = Scheme.parse(content())

    assert scheme.earned({"aum_month_average": average, "payroll_month": payroll}, date(2026, 1, 31)) == rank


def test_a_figure_that_must_be_known_leaves_the_tier_open() -> None:
    scheme = Scheme.parse(with_gold(when=when("200000") | {"unknown": "error"}))

    assert scheme.earned({"payroll_month": "90000"}, date(2026, 1, 31)) is None


def test_monthly_review_is_on_the_last_day_of_the_month() -> None:
    scheme = Scheme.parse(content())

    assert [day for day in range(1, 30) if scheme.is_review_day(date(2024, 2, day))] == [29]
    assert scheme.next_review(date(2025, 2, 1)) == date(2025, 2, 28)
    assert scheme.next_review(date(2025, 2, 28)) == date(2025, 2, 28)


def test_a_points_bank_reviews_on_two_days_a_year() -> None:
    scheme = Scheme.parse(content(review={"dates": ["06-30", "12-31"]}))

    assert not scheme.is_review_day(date(2026, 5, 31))
    assert scheme.next_review(date(2026, 7, 1)) == date(2026, 12, 31)


def test_a_breaker_stands_at_a_tier_or_at_the_scheme() -> None:
    assert not Scheme.parse(content()).has_breaker

    both = Scheme.parse(with_gold(max_moves_percent="5"))
    assert (both.max_moves_percent("gold", "up"), both.max_moves_percent("gold", "down")) == (5, 5)
    assert both.max_moves_percent("mass", "down") is None

    one = Scheme.parse(with_gold(max_moves_percent={"down": "2.5"}) | {"max_moves_percent": 10})
    assert (one.max_moves_percent("gold", "up"), one.max_moves_percent("gold", "down")) == (10, Decimal("2.5"))
    assert one.max_moves_percent("private", "down") == 10

    named = Scheme.parse(content(max_moves_percent={"gold": {"down": "5"}}))
    assert (named.max_moves_percent("gold", "down"), named.max_moves_percent("gold", "up")) == (5, None)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (content(colour="red"), "tier_scheme.colour"),
        (content(customer_kind="robot"), "tier_scheme.customer_kind"),
        (content(currency="czk"), "tier_scheme.currency"),
        (content(measure="accounts_held"), "tier_scheme.measure"),
        (content(review="weekly"), "tier_scheme.review"),
        (content(review={"dates": ["02-29"]}), "tier_scheme.review.dates[0]"),
        (content(review={"dates": []}), "tier_scheme.review.dates"),
        (content(tiers=[]), "tier_scheme.tiers"),
        (content(tiers=[{"code": "mass", "name": "Mass", "when": when("1")}]), "tier_scheme.tiers[0]"),
        (content(max_moves_percent={"silver": "5"}), "tier_scheme.max_moves_percent.silver"),
        (with_gold(code="mass"), "tier_scheme.tiers[1].code"),
        (with_gold(code="Gold!"), "tier_scheme.tiers[1].code"),
        (with_gold(name=""), "tier_scheme.tiers[1].name"),
        (with_gold(when={}), "tier_scheme.tiers[1].when"),
        (with_gold(when=when("1.005")), "tier_scheme.tiers[1].when.value"),
        (with_gold(when={"field": "sex", "op": "=", "value": "male"}), "tier_scheme.tiers[1].when.field"),
        (with_gold(grace_months=-1), "tier_scheme.tiers[1].grace_months"),
        (with_gold(grace_months=True), "tier_scheme.tiers[1].grace_months"),
        (with_gold(max_moves_percent="150"), "tier_scheme.tiers[1].max_moves_percent"),
        (with_gold(max_moves_percent={"sideways": "5"}), "tier_scheme.tiers[1].max_moves_percent.sideways"),
        ({key: value for key, value in content().items() if key != "measure"}, "tier_scheme.measure"),
        ("gold", "tier_scheme"),
    ],
)
def test_a_wrong_scheme_is_refused_with_its_path(wrong: Any, path: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        Scheme.parse(wrong)

    assert caught.value.field == path


def test_a_tier_may_hold_invite_or_charge_and_a_scheme_give_points() -> None:
    gold = with_gold(hold_months=6, by_invitation=True)
    tier = Scheme.parse(gold).tiers[1]
    assert (tier.hold_months, tier.by_invitation, tier.below) == (6, True, None)

    below = {"fee": "below_gold", "amount": "10.00"}
    charged = Scheme.parse(with_gold(grace_months=0, below=below)).tiers[1].below
    assert charged and (charged.fee, charged.amount) == ("below_gold", Decimal("10.00"))

    scheme = Scheme.parse(pointed(measure="points"))
    assert [name for name, _column in scheme.figure_columns()] == ["points", "balance", "accounts_held"]


LINES = [
    {"points": 10, "per": "1000", "field": "balance", "at_most": 500},
    {"points": 100, "when": {"field": "accounts_held", "op": ">=", "value": 3}},
]
STARS = [
    {"code": "mass", "name": "Mass"},
    {"code": "star", "name": "Star", "when": {"field": "points", "op": ">=", "value": 50}},
]


def pointed(**changed: Any) -> dict:
    return content(tiers=STARS, points=LINES) | changed


def line(**changed: Any) -> dict:
    return pointed(points=[{key: value for key, value in (LINES[0] | changed).items() if value is not None}])


@pytest.mark.parametrize(
    ("balance", "accounts", "total"),
    [("0", 0, 0), ("999.99", 3, 100), ("1000", 2, 10), ("-5000", 3, 100), ("90000", 0, 500), (None, 3, 100)],
)
def test_points_count_whole_steps_up_to_their_most(balance: str | None, accounts: int, total: int) -> None:
    scheme = Scheme.parse(pointed())

    assert scheme.with_points({"balance": balance, "accounts_held": accounts}, date(2026, 1, 31))["points"] == total


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (with_gold(hold_months=-1), "tiers[1].hold_months"),
        (with_gold(hold_months="6"), "tiers[1].hold_months"),
        (with_gold(by_invitation="yes"), "tiers[1].by_invitation"),
        (with_gold(below={"fee": "x", "amount": "10.00"}), "tiers[1].grace_months"),
        (with_gold(grace_months=0, below={"fee": "x", "amount": "0"}), "tiers[1].below.amount"),
        (with_gold(grace_months=0, below={"fee": "x", "amount": "1.005"}), "tiers[1].below.amount"),
        (with_gold(grace_months=0, below={"fee": "", "amount": "1"}), "tiers[1].below.fee"),
        (with_gold(grace_months=0, below={"fee": "x", "amount": "1", "per": "day"}), "tiers[1].below.per"),
        (content(tiers=[{"code": "mass", "name": "Mass", "hold_months": 6}]), "tiers[0].hold_months"),
        (content(tiers=[{"code": "mass", "name": "Mass", "by_invitation": True}]), "tiers[0].by_invitation"),
        (content(tiers=STARS), "tiers[1].when"),
        (content(measure="points"), "measure"),
        (pointed(points=[]), "points"),
        (line(points=0), "points[0].points"),
        (line(points=True), "points[0].points"),
        (line(field="sex"), "points[0].field"),
        (line(field="region"), "points[0].field"),
        (line(field="points"), "points[0].field"),
        (line(per="0"), "points[0].per"),
        (line(per=1000), "points[0].per"),
        (line(per=None), "points[0].per"),
        (line(at_most=-1), "points[0].at_most"),
        (line(unknown="true"), "points[0].unknown"),
        (line(colour="red"), "points[0].colour"),
        (pointed(points=[LINES[1] | {"per": "1"}]), "points[0].per"),
        (pointed(points=[{"points": 1, "when": {}}]), "points[0].when"),
        (pointed(points=[{"points": 1, "when": {"field": "age", "op": ">", "value": 3}}]), "points[0].when.field"),
    ],
)
def test_a_wrong_extra_is_refused_with_its_path(wrong: Any, path: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        Scheme.parse(wrong)

    assert caught.value.field == f"tier_scheme.{path}"
