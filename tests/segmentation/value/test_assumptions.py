"""What the tables of rates, costs and losses may say, and the sentence beside what they may not: by page, REST and file alike."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.base.errors import RuleBroken
from segmentation.models import ValueVersion
from segmentation.services.policies import apply_policy
from segmentation.value.assumptions import COSTS, RATES, Assumptions
from segmentation.value.series import at, most_special, parse
from tests.factories import ProductFactory
from tests.segmentation.value.bank import VALUE

BASE = {"product": "saving", "customer_rate": "0.01", "transfer_rate": "0.02"}
MONTHS = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(24)]


def rates(*spans: tuple[str | None, str | None]) -> list[dict[str, Any]]:
    return [BASE | {"from": since, "until": until} for since, until in spans]


def refusal(content: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as refused:
        Assumptions.parse(content)
    return str(refused.value.field), str(refused.value)


def test_a_rate_holds_from_the_first_of_a_month_until_the_next_one():
    rows = parse(RATES, [*rates((None, None)), BASE | {"from": "2026-02-01", "customer_rate": "0.03"}], "rates")
    assert at(rows, date(2026, 1, 1))["saving",] == (Decimal("0.01"), Decimal("0.02"))
    assert at(rows, date(2026, 2, 1))["saving",] == (Decimal("0.03"), Decimal("0.02"))


@pytest.mark.parametrize(
    ("spans", "place", "words"),
    [
        ([("2026-01-01", "2026-03-01"), ("2026-04-01", None)], "rates[1].from", "nothing holds from 2026-03-01 until 2026-04-01"),
        ([("2026-01-01", "2026-03-01")], "rates[0].until", "nothing holds from 2026-03-01 on"),
        ([("2026-01-01", "2026-03-01"), ("2026-02-01", None)], "rates[1].from", "another row holds at this time"),
        ([("2026-01-01", None), ("2026-01-01", None)], "rates[1].from", "another row holds at this time"),
        ([("2026-01-02", None)], "rates[0].from", "the first day of a month"),
        ([("2026-03-01", "2026-02-01")], "rates[0].until", "must end after it begins"),
        ([("2026-13-01", None)], "rates[0].from", "the first day of a month"),
    ],
)  # fmt: skip
def test_a_table_with_a_hole_in_time_is_refused_beside_the_row(spans, place, words):
    field, sentence = refusal(VALUE | {"rates": rates(*spans)})
    assert field == f"value.{place}" and words in sentence


def test_the_rows_of_two_products_have_each_their_own_time():
    other = [row | {"product": "house"} for row in rates(("2026-04-01", None))]
    Assumptions.parse(VALUE | {"rates": rates(("2026-01-01", "2026-02-01"), ("2026-02-01", None)) + other})


@given(st.lists(st.tuples(st.sampled_from(MONTHS), st.sampled_from([None, *MONTHS])), min_size=1, max_size=5))
def test_what_is_taken_tells_each_month_once_from_its_first_on(spans):
    written = rates(*((str(since), until and str(until)) for since, until in spans))
    first = min(since for since, _until in spans)
    holding = [[s for s, u in spans if s <= month and (u is None or month < u)] for month in MONTHS if month >= first]
    follows = all(u is None or any(s == u for s, _ in spans) for _s, u in spans)
    starts = [since for since, _until in spans]
    may_hold = follows and len(set(starts)) == len(starts) and all(
        not any(s < other < u for other in starts) for s, u in spans if u
    ) and all(u is None or u > s for s, u in spans)  # fmt: skip
    try:
        rows = parse(RATES, written, "rates")
    except RuleBroken:
        assert not may_hold
        return
    assert may_hold
    assert all(len(at(rows, month)) == 1 for month in MONTHS if month >= first)
    assert all(holding)


def test_the_most_special_cost_counts():
    rows = [{"channel": "phone", "purpose": "sales", "cost": "9"}, {"channel": "phone", "cost": "8"}, {"purpose": "sales", "cost": "2"}, {"cost": "1"}]  # fmt: skip
    found = at(parse(COSTS, rows, "costs"), date(2026, 1, 1))
    asked = [("phone", "sales"), ("phone", "care"), ("visit", "sales"), ("visit", "care")]
    assert [most_special(found, key) for key in asked] == [(Decimal(9),), (Decimal(8),), (Decimal(2),), (Decimal(1),)]
    assert most_special({}, ("phone", "sales")) is None, "what no row tells is unknown"


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"colour": "red"}, "value.colour"),
        ({"currency": "yuan"}, "value.currency"),
        ({"discount_rate": 0.1}, "value.discount_rate"),
        ({"discount_rate": "1.5"}, "value.discount_rate"),
        ({"rates": "none"}, "value.rates"),
        ({"rates": [BASE | {"product": ""}]}, "value.rates[0].product"),
        ({"rates": [BASE | {"transfer_rate": "2.1"}]}, "value.rates[0].transfer_rate"),
        ({"costs": [{"channel": "pigeon", "cost": "1"}]}, "value.costs[0].channel"),
        ({"costs": [{"cost": "-1"}]}, "value.costs[0].cost"),
        ({"losses": [{"family": "deposit", "pd": "0.01", "lgd": "0.4"}]}, "value.losses[0].family"),
        ({"losses": [{"pd": "0.01"}]}, "value.losses[0].lgd"),
        ({"commissions": [{"percent": "0.01"}]}, "value.commissions[0].kind"),
        ({"retention": [{"kind": "robot", "rate": "0.9"}]}, "value.retention[0].kind"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(changed, place):
    assert refusal(deepcopy(VALUE) | changed)[0] == place


def test_a_value_without_an_end_is_refused():
    endless = VALUE | {"discount_rate": "0", "retention": [{"rate": "1"}]}
    assert "would have no end" in refusal(endless)[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"losses": [{"product": "car", "pd": "0.01", "lgd": "0.4"}]}, "value.losses[0].product"),
        ({"retention": [{"tier": "jade", "rate": "0.9"}]}, "value.retention[0].tier"),
        ({"rates": rates(("2026-01-01", "2026-02-01"))}, "value.rates[0].until"),
    ],
)
def test_a_file_with_something_wrong_changes_nothing(changed, place):
    for code in ("saving", "house"):
        ProductFactory(code=code)
    with pytest.raises(RuleBroken) as refused:
        apply_policy(content={"value": VALUE | changed}, by="setup")
    assert refused.value.field == place
    assert not ValueVersion.objects.exists()


@pytest.mark.django_db
def test_a_product_that_the_bank_has_not_is_refused():
    with pytest.raises(RuleBroken, match="no product is called “house”"):
        apply_policy(content={"value": VALUE}, by="setup")
