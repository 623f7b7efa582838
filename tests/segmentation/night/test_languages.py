"""What a scheme may say beside averages and grace: points, any-of, quarters, holds, invitations, fees below the level."""

import json
from datetime import date
from decimal import Decimal

import pytest

from customers.models import Customer
from segmentation.explain import explain
from segmentation.models import Facts, FactsMonth, FeeDue, TierDecision, TierPeriod
from segmentation.replay import replay
from segmentation.services.policies import apply_policy
from segmentation.why import sentences
from tests.factories import AccountFactory, CustomerFactory, ExchangeRateFactory, UserFactory
from tests.segmentation.night.bank import customer_with, deposit, nights, policy, tier_on

pytestmark = pytest.mark.django_db
ENDS = [date(2026, month, day) for month, day in enumerate((31, 28, 31, 30, 31, 30, 31, 31), start=1)]
MASS = {"code": "mass", "name": "Mass"}


def at_least(amount: str | int, field: str = "aum_month_average") -> dict:
    return {"field": field, "op": ">=", "value": amount}


def tier(code: str, when: dict, **more) -> dict:
    return {"code": code, "name": code.title(), "when": when, **more}


def monthly(*amounts: str) -> dict[date, str]:
    return {date(2026, month, 1): amount for month, amount in enumerate(amounts, start=1)}


def review(*days: date):
    for day in days:
        run = nights(day, day)
    return run


def outcomes(customer: Customer) -> list[str]:
    return list(
        TierDecision.objects.filter(customer=customer).order_by("business_date").values_list("outcome", flat=True)
    )


def all_replay() -> bool:
    found = [(replay(each), each) for each in TierDecision.objects.select_related("scheme_version", "tier_before")]
    return all((r.tier, r.outcome, r.months_below) == (d.tier_after.code, d.outcome, d.months_below) for r, d in found)


def test_any_of_average_payroll_and_mortgage_reaches_the_tier() -> None:
    any_of = {"any": [at_least("200000"), at_least("90000", "payroll_month"), at_least("1", "mortgage_balance")]}
    policy(tiers=[MASS, tier("gold", any_of)])
    rich, poor = customer_with(monthly("250000")), customer_with(monthly("10"))
    review(ENDS[0])

    assert (tier_on(rich, date(2026, 2, 1)), tier_on(poor, date(2026, 2, 1))) == ("gold", "mass")


def test_points_are_counted_on_two_days_a_year() -> None:
    """50 points are one star, 500 two; a thousand of average is 10 points, 3,000 at most; three products 100."""
    policy(
        measure="points",
        review={"dates": ["06-30", "12-31"]},
        points=[
            {"points": 10, "per": "1000", "field": "aum_month_average", "at_most": 3000},
            {"points": 100, "when": at_least(1, "accounts_held")},
        ],
        tiers=[MASS, tier("star1", at_least(50, "points")), tier("star2", at_least(500, "points"), grace_months=1)],
    )
    customer = customer_with({date(2026, 1, 1): "49999.99", date(2026, 7, 1): "500"})
    review(*ENDS[:5])
    assert tier_on(customer, date(2026, 6, 1)) == "mass"

    review(ENDS[5])

    assert tier_on(customer, date(2026, 7, 1)) == "star2"
    decision = TierDecision.objects.get(customer=customer, business_date=ENDS[5])
    assert (decision.figures["points"], decision.figures["points_by_line"]) == ("590", [490, 100])
    review(ENDS[6], date(2026, 12, 31))
    assert tier_on(customer, date(2026, 12, 31)) == "star2"
    assert tier_on(customer, date(2027, 1, 1)) == "star1"
    assert all_replay()
    said = explain(customer=customer, on=date(2027, 1, 1))
    assert said and said.as_json()["points"] == [0, 100]
    assert said.as_json()["next"] == [{"tier": "star2", "missing": "400", "from": "2027-07-01"}]
    assert sentences(said)[-1] == "400 more points reaches Star2 on 1 July."


def test_an_unknown_figure_that_points_must_know_keeps_the_tier() -> None:
    points = [{"points": 10, "per": "1000", "field": "annual_income", "unknown": "error"}]
    policy(points=points, tiers=[MASS, tier("star", at_least(50, "points"))])
    silent = customer_with(monthly("1", "1"), annual_income=5000)
    review(ENDS[0])
    Customer.objects.filter(pk=silent.pk).update(annual_income=None)

    run = review(ENDS[1])

    assert tier_on(silent, date(2026, 3, 1)) == "star"
    assert list(run.row_errors.values_list("customer_id", "code")) == [(silent.pk, "figure_unknown")]


def test_after_an_upgrade_the_tier_is_held_for_its_months_and_watch_months_still_show() -> None:
    """Gold from 1 February, held for four months: no fall before 1 June, though three months of grace are over."""
    policy(tiers=[MASS, tier("gold", at_least("200000"), grace_months=2, hold_months=4)])
    customer = customer_with(monthly("250000", "10"))
    counts = []
    for day in ENDS[:4]:
        review(day)
        counts.append(TierPeriod.objects.get(customer=customer, until=None).months_below)
    said = explain(customer=customer, on=date(2026, 5, 2))
    assert counts == [0, 1, 2, 3]
    assert said and said.grace and (said.grace.falls_on, said.held_until) == (date(2026, 6, 1), date(2026, 6, 1))
    assert "After the upgrade the tier can't fall before 1 June 2026." in sentences(said)

    review(ENDS[4])

    assert (tier_on(customer, ENDS[4]), tier_on(customer, date(2026, 6, 1))) == ("gold", "mass")
    assert all_replay()


def test_no_night_lifts_into_a_tier_by_invitation() -> None:
    policy(tiers=[MASS, tier("gold", at_least("1000")), tier("private", at_least("2000"), by_invitation=True)])
    customer = customer_with(monthly("5000"))

    review(ENDS[0])

    assert tier_on(customer, date(2026, 2, 1)) == "gold"
    said = explain(customer=customer, on=date(2026, 2, 1))
    assert said and said.as_json()["next"] == [{"tier": "private", "missing": None, "from": "2026-03-01"}]
    assert all_replay()


def test_below_the_level_a_fee_is_due_once_a_review_instead_of_a_fall() -> None:
    gold = tier("gold", at_least("200000"), below={"fee": "below_gold", "amount": "10.00"})
    policy(tiers=[MASS, gold])
    customer = customer_with(monthly("250000", "10", "10", "250000"))

    review(*ENDS[:2])
    nights(date(2026, 3, 1), date(2026, 3, 1))
    nights(ENDS[2], ENDS[2], closed=False)
    review(ENDS[3])

    due = FeeDue.objects.filter(customer=customer).values_list("business_date", "fee_code", "amount", "currency")
    assert list(due) == [(ENDS[1], "below_gold", Decimal(10), "CNY")]
    assert tier_on(customer, date(2026, 5, 1)) == "gold"
    assert outcomes(customer) == ["up", "charged", "held", "kept"]
    assert all_replay()
    said = explain(customer=customer, on=date(2026, 3, 5))
    assert said and said.as_json()["fee_due"] == {"fee": "below_gold", "amount": "10.00", "currency": "CNY"}
    assert "a fee of 10.00 CNY" in " ".join(sentences(said))


QUARTERLY = [MASS, tier("gold", at_least("200000", "aum_quarter_average"))]


def quarter(customer: Customer) -> tuple:
    facts = Facts.objects.get(customer=customer)
    return facts.aum_quarter_average, facts.aum_quarter_weighted_average


def test_the_quarters_average_is_over_its_days_so_far_and_rounded_once() -> None:
    """300,000 through January, 100,000 in February and March: (31 x 300 + 59 x 100) / 90."""
    policy(tiers=QUARTERLY, measure="aum_quarter_average", review={"dates": ["03-31"]})
    customer = customer_with({date(2025, 12, 1): "300000", date(2026, 2, 1): "100000"})
    late = customer_with({date(2026, 3, 2): "90000"})

    nights(ENDS[2], ENDS[2])

    assert quarter(customer) == (Decimal("168888.89"), Decimal("168888.89"))
    assert quarter(late) == (Decimal("30000"), Decimal("30000"))
    assert FactsMonth.objects.get(customer=customer).aum_quarter_average == Decimal("168888.89")


def test_the_quarter_converts_each_day_and_counts_closed_accounts_until_they_close() -> None:
    policy(tiers=QUARTERLY)
    ExchangeRateFactory(on=date(2026, 1, 1), rate="7")
    for day in range(5, 60, 4):
        ExchangeRateFactory(on=date.fromordinal(date(2026, 1, 1).toordinal() + day - 1), rate="7" if day < 32 else "8")
    abroad = customer_with({date(2026, 1, 1): "100"}, currency="USD")
    closed = CustomerFactory()
    deposit(
        AccountFactory(holder=closed, opened_on=date(2025, 1, 1), closed_on=date(2026, 2, 11)),
        {date(2025, 12, 1): "590"},
    )

    nights(ENDS[1], ENDS[1])

    # 8 from 2 February on, the carried 7 on the 1st: (32 x 700 + 27 x 800) / 59
    assert quarter(abroad)[0] == Decimal("745.76")
    assert quarter(closed)[0] == Decimal("410")


def test_a_past_night_sees_the_quarter_as_it_was() -> None:
    policy(tiers=QUARTERLY)
    customer = customer_with({date(2026, 1, 1): "600", date(2026, 2, 1): "300", date(2026, 2, 20): "9"})

    nights(date(2026, 2, 10), date(2026, 2, 10))

    assert quarter(customer)[0] == Decimal("526.83")


def test_a_quarter_that_nobody_looks_at_is_not_reckoned_and_not_left_over() -> None:
    policy(tiers=QUARTERLY)
    customer = customer_with(monthly("600"))
    nights(date(2026, 1, 5), date(2026, 1, 7))
    plain = {"customer_kind": "person", "currency": "CNY", "measure": "aum_month_average", "review": "monthly"}
    apply_policy(
        content={"effective_from": "2026-01-08", "tier_scheme": plain | {"tiers": [MASS]}}, by=UserFactory(admin=True)
    )

    for day in (8, 9):
        nights(date(2026, 1, day), date(2026, 1, day))
        assert quarter(customer) == (None, None)


def test_stored_decisions_need_no_other_row() -> None:
    policy(("mass", None, 0), ("gold", "200000", 3))
    customer = customer_with(monthly("250000", "190000", "150000", "60000"))
    review(*ENDS[:4])

    befores = TierDecision.objects.filter(customer=customer).order_by("business_date")
    assert list(befores.values_list("months_below_before", "is_feed_closed")) == [
        (0, True),
        (0, True),
        (1, True),
        (2, True),
    ]
    assert json.dumps(befores[0].figures) == '{"aum_month_average": "250000.00"}' or befores[0].figures
    assert all_replay()
