"""The stored decision answers why: on the worked example of gold at 200,000 with three months of grace."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from customers.models import Customer
from segmentation.explain import explain
from segmentation.models import TierDecision, TierPeriod
from segmentation.replay import replay
from segmentation.why import rungs, sentences
from tests.factories import RunFactory, SchemeVersionFactory, TierDecisionFactory, TierPeriodFactory
from tests.segmentation.night.bank import customer_with, nights, policy, tier_on

pytestmark = pytest.mark.django_db
ENDS = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
BANK = (("mass", None, 0), ("affluent", "50000", 3), ("gold", "200000", 3), ("platinum", "500000", 3))


def monthly(*amounts: str) -> dict[date, str]:
    return {date(2026, month, 1): amount for month, amount in enumerate(amounts, start=1)}


@pytest.fixture
def falling() -> Customer:
    """Jan 250k; Feb 190k watch 1; Mar 150k watch 2; Apr 60k; affluent on 1 May."""
    policy(*BANK)
    customer = customer_with(monthly("250000", "190000", "150000", "60000"), number="7")
    for day in [date(2026, 1, 1), *ENDS]:
        nights(day, day)
    return customer


def answer(customer: Customer, on: date | None = None) -> dict:
    explanation = explain(customer=customer, on=on)
    assert explanation
    return explanation.as_json()


def test_the_answer_holds_tier_figures_predicates_grace_and_what_is_missing(falling: Customer) -> None:
    assert answer(falling, date(2026, 3, 15)) == {
        "tier": "gold",
        "since": "2026-02-01",
        "scheme_version": 1,
        "facts": {"aum_month_average": "190000.00"},
        "predicates": [
            {"field": "aum_month_average", "op": ">=", "threshold": threshold, "value": "190000.00", "met": met}
            for threshold, met in (("50000", True), ("200000", False), ("500000", False))
        ],
        "grace": {"months": 3, "below": 1, "falls_on": "2026-05-01"},
        "next": [{"tier": "platinum", "missing": "310000.00", "from": "2026-04-01"}],
        **dict.fromkeys(("override", "held_until", "fee_due", "points")),
    }


@pytest.mark.parametrize(
    ("on", "tier", "since", "grace"),
    [
        (date(2026, 1, 1), "mass", "2026-01-01", None),
        (date(2026, 1, 31), "mass", "2026-01-01", None),
        (date(2026, 2, 1), "gold", "2026-02-01", None),
        (date(2026, 4, 1), "gold", "2026-02-01", {"months": 3, "below": 2, "falls_on": "2026-05-01"}),
        (date(2026, 5, 1), "affluent", "2026-05-01", None),
        (None, "affluent", "2026-05-01", None),
    ],
)
def test_the_past_can_be_asked(falling: Customer, on: date | None, tier: str, since: str, grace: dict | None) -> None:
    said = answer(falling, on)

    assert (said["tier"], said["since"], said["grace"]) == (tier, since, grace)


def test_before_the_first_night_there_is_nothing_to_explain(falling: Customer) -> None:
    assert explain(customer=falling, on=date(2025, 12, 31)) is None


def test_the_asked_day_says_from_when_a_higher_tier_would_hold(falling: Customer) -> None:
    assert answer(falling, date(2026, 2, 27))["next"][0]["from"] == "2026-03-01"
    assert answer(falling, date(2026, 3, 1))["next"][0]["from"] == "2026-04-01"


def test_replaying_each_decision_gives_the_same_tier(falling: Customer) -> None:
    decisions = list(TierDecision.objects.filter(customer=falling).order_by("business_date"))

    assert [str(each.outcome) for each in decisions] == ["placed", "up", "watch", "watch", "down"]
    for decision in decisions:
        replayed = replay(decision)
        assert (replayed.tier, replayed.outcome, replayed.months_below) == (
            decision.tier_after.code,
            decision.outcome,
            decision.months_below,
        )
        assert replayed.tier == tier_on(falling, decision.effective_from)


def test_replaying_a_night_without_its_feed_holds_the_tier() -> None:
    policy(*BANK)
    customer = customer_with(monthly("250000", "100"))
    nights(ENDS[0], ENDS[0])
    nights(ENDS[1], ENDS[1], closed=False)

    decision = TierDecision.objects.get(customer=customer, business_date=ENDS[1])

    assert (replay(decision).tier, replay(decision).outcome) == ("gold", "held")


def test_a_decision_keeps_the_version_that_made_it(falling: Customer) -> None:
    SchemeVersionFactory(scheme=TierPeriod.objects.first().tier.scheme, number=2, effective_from=date(2026, 5, 1))

    assert answer(falling, date(2026, 5, 2))["scheme_version"] == 1


def test_people_read_what_would_change_it(falling: Customer) -> None:
    explanation = explain(customer=falling, on=date(2026, 3, 15))
    assert explanation

    assert sentences(explanation) == [
        "Gold since 1 February 2026, by version 1 of the scheme “Person”.",
        "Below the level for 1 of 3 months; if it stays below, the tier falls on 1 May.",
        "310,000.00 CNY more month average reaches Platinum on 1 April.",
    ]
    assert [(rung.name, rung.is_standing, [each.met for each in rung.asked]) for rung in rungs(explanation)] == [
        ("Platinum", False, [False]),
        ("Gold", True, [False]),
        ("Affluent", False, [True]),
        ("Mass", False, []),
    ]


def test_the_worked_gap_of_38000_reaches_platinum_on_1_march() -> None:
    policy(*BANK)
    customer = customer_with(monthly("462000"))
    nights(ENDS[0], ENDS[0])

    explanation = explain(customer=customer, on=date(2026, 2, 10))

    assert explanation and sentences(explanation)[-1] == "38,000.00 CNY more month average reaches Platinum on 1 March."


def test_a_decision_of_a_run_that_waits_explains_nothing_yet() -> None:
    decision = TierDecisionFactory(run=RunFactory(waiting=True))
    TierPeriodFactory(customer=decision.customer, tier=decision.tier_after)

    assert explain(customer=decision.customer, on=date(2026, 4, 1)) is None


def test_the_command_prints_the_answer(falling: Customer, capsys: pytest.CaptureFixture) -> None:
    call_command("explain_tier", "7", "--on", "2026-02-01", "--json")

    assert json.loads(capsys.readouterr().out)["tier"] == "gold"


@pytest.mark.parametrize("words", [("7", "--on", "2025-01-01"), ("unknown",)])
def test_without_a_tier_the_command_ends_with_1(falling: Customer, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("explain_tier", *words)
    assert caught.value.returncode == 1
