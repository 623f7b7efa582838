"""Tiers on one figure are steps: each can be stood on, and more never leads down."""

import pytest

from crm.base.errors import RuleBroken
from segmentation.schemes import Scheme
from segmentation.steps import check_steps

AVERAGE = "aum_month_average"


def is_(op: str, value: object, field: str = AVERAGE) -> dict:
    return {"field": field, "op": op, "value": value}


def scheme(*rules: dict) -> Scheme:
    tiers = [{"code": "mass", "name": "Mass"}]
    tiers += [{"code": f"t{n}", "name": f"Tier {n}", "when": rule} for n, rule in enumerate(rules, 1)]
    whole = {"customer_kind": "person", "currency": "CNY", "measure": AVERAGE, "review": "monthly"}
    return Scheme.parse(whole | {"tiers": tiers})


@pytest.mark.parametrize(
    ("rules", "path", "words"),
    [
        ((is_(">=", "500"), is_(">=", "200")), "tiers[2].when.value", "nobody would ever stand in “Tier 1”"),
        ((is_(">=", "500"), is_(">=", "500")), "tiers[2].when.value", "as easy to reach"),
        ((is_(">=", "5"), is_(">=", "9"), is_(">", "7")), "tiers[3].when.value", "stand in “Tier 2”"),
        ((is_("between", ["200", "500"]), is_(">=", "600")), "tiers[1].when.value", "there is a gap"),
        ((is_(">=", "100"), is_("between", ["200", "500"])), "tiers[2].when.value", "there is a gap"),
        ((is_(">=", 3, "accounts_held"), is_(">=", 2, "accounts_held")), "tiers[2].when.value", "nobody"),
        ((is_(">=", "1"), {"all": [is_(">", "9"), is_("<", "8")]}), "tiers[2].when", "no figure meets"),
    ],
)  # fmt: skip
def test_a_ladder_that_nobody_could_climb_is_refused_beside_the_field(rules: tuple, path: str, words: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        check_steps(scheme(*rules))

    assert caught.value.field == f"tier_scheme.{path}"
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "rules",
    [
        (is_(">=", "200"), is_(">=", "500")),
        (is_(">=", "500"), is_(">", "500")),
        (is_("between", ["200", "499.99"]), is_(">=", "500")),
        # less debt is better: the row goes down, and has no gap either
        (is_("<", "500", "loan_balance"), is_("<", "200", "loan_balance")),
        # any-of: two figures make no row
        (is_(">=", "500"), {"any": [is_(">=", "200"), is_(">=", "9", "payroll_month")]}),
        # two rows beside each other
        (is_(">=", "500"), is_(">=", "20", "payroll_month"), is_(">=", "600")),
    ],
)
def test_steps_that_rise_are_taken(rules: tuple) -> None:
    check_steps(scheme(*rules))
