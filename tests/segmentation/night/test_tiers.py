"""Up on the first of the next month; down after the grace, to what the last month's average earns."""

from datetime import date

import pytest

from crm.jobs.models import RowError, Run
from crm.nightly.night import run_night
from crm.nightly.start import release_night
from customers.models import Customer
from segmentation.models import Published, TierDecision, TierPeriod
from tests.factories import CustomerFactory, ExchangeRateFactory, UserFactory
from tests.segmentation.night.bank import close_feeds, customer_with, customers_with, nights, policy, tier_on

pytestmark = pytest.mark.django_db
BANK = (("mass", None, 0), ("affluent", "50000", 3), ("gold", "200000", 3))
ENDS = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@pytest.fixture
def scheme(db: None) -> None:
    policy(*BANK)


def monthly(*amounts: str) -> dict[date, str]:
    """These balances from the 1st of January, February, ..."""
    return {date(2026, month, 1): amount for month, amount in enumerate(amounts, start=1)}


def review(*days: date) -> Run:
    for day in days:
        run = nights(day, day)
    return run


def watch_of(customer) -> int:
    return TierPeriod.objects.get(customer=customer, until=None).months_below


def test_newcomer_stands_in_the_lowest_tier_from_the_first_night(scheme):
    customer = customer_with({date(2026, 1, 10): "900000"})

    nights(date(2026, 1, 10), date(2026, 1, 10))

    period = TierPeriod.objects.get(customer=customer)
    assert (period.tier.code, period.since, period.until) == ("mass", date(2026, 1, 10), None)


def test_reaching_a_level_lifts_on_the_first_of_the_next_month(scheme):
    customer = customer_with(monthly("250000"))

    run = review(ENDS[0])

    assert (tier_on(customer, ENDS[0]), tier_on(customer, date(2026, 2, 1))) == ("mass", "gold")
    assert run.result["tier_moves"] == 1


def test_gold_falls_after_three_months_below_to_what_the_last_month_earns(scheme):
    """Jan 250k; Feb 190k watch 1; Mar 150k watch 2; Apr 60k watch 3; on 1 May affluent, not mass."""
    customer = customer_with(monthly("250000", "190000", "150000", "60000"))
    counts = []
    for day in ENDS:
        review(day)
        counts.append(watch_of(customer))

    assert counts == [0, 1, 2, 0]
    assert (tier_on(customer, date(2026, 4, 30)), tier_on(customer, date(2026, 5, 1))) == ("gold", "affluent")


def test_one_month_at_the_level_restarts_the_count(scheme):
    customer = customer_with(monthly("250000", "190000", "210000", "60000"))
    review(*ENDS[:3])
    assert watch_of(customer) == 0

    review(ENDS[3])

    assert (watch_of(customer), tier_on(customer, date(2026, 5, 1))) == (1, "gold")


def test_without_grace_the_fall_is_next_month():
    policy(("mass", None, 0), ("gold", "200000", 0))
    customer = customer_with(monthly("250000", "100"))

    review(*ENDS[:2])

    assert (tier_on(customer, ENDS[1]), tier_on(customer, date(2026, 3, 1))) == ("gold", "mass")


def test_exactly_the_level_is_enough(scheme):
    customer = customer_with(monthly("200000.00"))
    review(ENDS[0])
    assert tier_on(customer, date(2026, 2, 1)) == "gold"


def test_open_feed_never_downgrades_nor_counts(scheme):
    customer = customer_with(monthly("250000", "100", "100", "100"))
    lifted = customer_with(monthly("0", "250000"))
    review(ENDS[0])
    for day in ENDS[1:]:
        run = nights(day, day, closed=False)

    assert run.status == Run.Status.HELD
    assert (watch_of(customer), tier_on(customer, date(2026, 5, 1))) == (0, "gold")
    assert tier_on(lifted, date(2026, 3, 1)) == "gold"


def test_missing_rate_keeps_the_tier(scheme):
    ExchangeRateFactory(on=date(2026, 1, 1), rate="7")
    for day in range(1, 32):
        ExchangeRateFactory(on=date(2026, 1, day), currency="EUR", rate="8")
    customer = customer_with(monthly("250000"), currency="EUR")
    review(ENDS[0])

    run = review(ENDS[1])

    assert tier_on(customer, date(2026, 3, 1)) == "gold"
    assert RowError.objects.get(run=run).code == "rate_missing"
    assert not TierDecision.objects.filter(run=run).exists()


def test_figure_that_a_rule_must_know_is_an_error_and_keeps_the_tier():
    when = {"field": "annual_income", "op": ">", "value": "1000.00", "unknown": "error"}
    tiers = [{"code": "mass", "name": "Mass"}, {"code": "gold", "name": "Gold", "when": when}]
    policy(tiers=tiers)
    silent = customer_with(monthly("1", "1"), annual_income=2000)
    known = customer_with(monthly("1", "1"), annual_income=2000)
    review(ENDS[0])
    Customer.objects.filter(pk=silent.pk).update(annual_income=None)

    run = review(ENDS[1])

    assert run.status == Run.Status.COMPLETED_WITH_ERRORS
    assert [(e.customer_id, e.code) for e in RowError.objects.filter(run=run)] == [(silent.pk, "figure_unknown")]
    assert (tier_on(silent, date(2026, 3, 1)), tier_on(known, date(2026, 3, 1))) == ("gold", "gold")


def test_fixed_review_dates_leave_other_month_ends_alone():
    policy(("mass", None, 0), ("gold", "200000", 0), review={"dates": ["02-28", "12-31"]})
    customer = customer_with(monthly("250000", "250000"))

    review(ENDS[0])
    assert tier_on(customer, date(2026, 2, 1)) == "mass"
    review(ENDS[1])
    assert tier_on(customer, date(2026, 3, 1)) == "gold"


@pytest.mark.parametrize("status", ["prospect", "closed", "deceased"])
def test_who_is_not_a_customer_any_more_has_no_tier(scheme, status):
    customer = customer_with(monthly("250000"))
    review(ENDS[0])
    type(customer).objects.filter(pk=customer.pk).update(status=status)

    nights(date(2026, 2, 1), date(2026, 2, 2))

    assert not TierPeriod.objects.filter(customer=customer).holding(date(2026, 2, 2)).exists()


@pytest.mark.parametrize("status", ["dormant", "frozen"])
def test_dormant_and_frozen_customers_have_a_tier(scheme, status):
    customer = CustomerFactory(status=status)
    customer_with({date(2026, 1, 10): "1"})
    nights(date(2026, 1, 10), date(2026, 1, 10))
    assert tier_on(customer, date(2026, 1, 10)) == "mass"


def test_first_night_that_reviews_gives_both_the_lowest_and_the_earned_tier(scheme):
    customer = customer_with(monthly("250000"))
    review(ENDS[0])
    periods = TierPeriod.objects.filter(customer=customer).order_by("since")
    assert [(p.tier.code, p.since, p.until) for p in periods] == [
        ("mass", ENDS[0], date(2026, 2, 1)),
        ("gold", date(2026, 2, 1), None),
    ]


def test_night_without_a_scheme_waits_and_changes_nothing(db):
    customer_with(monthly("250000"))

    run = run_night(day=ENDS[0])

    assert run.status == Run.Status.WAITING and "scheme" in run.message
    assert not Published.objects.exists() and not TierPeriod.objects.exists()


@pytest.fixture
def too_many_fall(db: None) -> Run:
    """21 of the 200 gold customers would fall in February; the scheme allows 10 %."""
    gold = {"code": "gold", "name": "Gold", "max_moves_percent": "10"}
    gold["when"] = {"field": "aum_month_average", "op": ">=", "value": "1000"}
    policy(tiers=[{"code": "mass", "name": "Mass"}, gold])
    customers_with([{date(2026, 1, 1): "2000", date(2026, 2, 1): "10" if n < 21 else "2000"} for n in range(200)])
    review(ENDS[0])
    close_feeds(ENDS[1])
    return run_night(day=ENDS[1])


def test_night_with_too_many_moves_waits_and_has_changed_nothing(too_many_fall):
    assert too_many_fall.status == Run.Status.WAITING
    assert "21" in too_many_fall.message
    assert Published.objects.get().business_date == ENDS[0]
    assert not TierPeriod.objects.filter(since__gt=date(2026, 2, 1)).exists()
    assert not TierDecision.objects.published().filter(business_date=ENDS[1]).exists()


def test_waiting_night_is_not_published_by_running_it_again(too_many_fall):
    assert run_night(day=ENDS[1]).status == Run.Status.WAITING


def test_person_releases_a_waiting_night_with_a_reason(too_many_fall):
    release_night(run=too_many_fall, reason="Checked with treasury", by=UserFactory(approver=True))

    too_many_fall.refresh_from_db()
    assert too_many_fall.status == Run.Status.COMPLETED
    assert TierPeriod.objects.filter(since=date(2026, 3, 1), tier__code="mass").count() == 21


def test_first_night_of_a_version_has_no_breaker(db):
    gold = {"code": "gold", "name": "Gold", "max_moves_percent": "10"}
    gold["when"] = {"field": "aum_month_average", "op": ">=", "value": "1000"}
    policy(tiers=[{"code": "mass", "name": "Mass"}, gold])
    customers_with([{date(2026, 1, 1): "2000"}] * 200)

    assert review(ENDS[0]).result["tier_moves"] == 200
