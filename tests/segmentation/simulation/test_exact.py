"""Publishing a draft for a night gives exactly what its simulation said, row by row."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from crm.jobs.models import Run
from segmentation.models import SimulatedTier, SimulatedWaiver, TierDecision, TierPeriod, WaiverEntry
from segmentation.services.policies import apply_policy
from segmentation.services.simulations import simulate
from tests.factories import FeeChargeFactory, FeeTypeFactory
from tests.segmentation.night.bank import close_feeds, customer_with, nights, policy

pytestmark = pytest.mark.django_db
FIRST, MARCH_END = date(2026, 1, 1), date(2026, 3, 31)
LINES = [{"tier": "gold", "fee": "statement", "percent": "0.30"}]


def step(threshold: str) -> dict:
    return {"field": "aum_month_average", "op": ">=", "value": threshold}


DRAFT = {
    "tier_scheme": {
        "customer_kind": "person",
        "currency": "CNY",
        "measure": "aum_month_average",
        "review": "monthly",
        "tiers": [
            {"code": "mass", "name": "Mass"},
            {"code": "silver", "name": "Silver", "when": step("100000"), "grace_months": 2},
            {"code": "gold", "name": "Gold", "when": step("250000"), "grace_months": 2},
        ],
    },
    "waiver_policy": {
        "lines": [
            {"tier": "gold", "fee": "statement", "percent": "0.50", "cap_per_month": "4.00", "currency": "CNY"},
            {"tier": "mass", "fee": "statement", "percent": "0.05", "when": step("1")},
        ]
    },
}


@pytest.fixture
def bank(settings):
    """Nights through 30 March: customers who rise, fall, are on watch, and have just come in."""
    settings.CRM_NIGHT_WORKERS = 1
    policy(("mass", None, 0), ("gold", "200000", 3), lines=LINES)
    changes = [
        (n, m) for n in (90_000, 150_000, 199_999, 210_000, 260_000, 400_000) for m in (50_000, 120_000, 300_000)
    ]
    people = [
        customer_with({FIRST: str(before), date(2026, 2, 10): str(after), date(2026, 3, 20): str(before)})
        for before, after in changes
    ]
    fee = FeeTypeFactory(code="statement")
    nights(FIRST, MARCH_END - timedelta(days=1))
    people.append(customer_with({MARCH_END: "500000"}))
    for someone in people:
        account = someone.holdings.get().account
        for amount in ("3.33", "7.77"):
            FeeChargeFactory(account=account, fee=fee, amount=Decimal(amount), charged_on=MARCH_END)
    close_feeds(MARCH_END)
    return people


def published_night() -> tuple[dict, dict]:
    nights(MARCH_END, MARCH_END)
    run = Run.objects.nights().get(business_date=MARCH_END)
    decided = TierDecision.objects.filter(run=run).values_list(
        "customer", "tier_before__code", "tier_after__code", "outcome", "months_below"
    )
    waived = WaiverEntry.objects.filter(run=run).values_list("charge", "waived")
    return {row[0]: (row[1] or "", *row[2:]) for row in decided}, dict(waived)


def simulated(**kwargs) -> tuple[dict, dict]:
    simulation = simulate(draft=DRAFT, by="test", **kwargs)
    assert simulation.run.has_ended, simulation.run.message
    decided = SimulatedTier.objects.filter(simulation=simulation).values_list(
        "customer", "before", "draft", "outcome", "months_below"
    )
    waived = SimulatedWaiver.objects.filter(simulation=simulation, tonight__gt=0).values_list("charge", "tonight")
    return {row[0]: row[1:] for row in decided}, dict(waived)


def test_a_night_that_publishes_the_draft_decides_what_was_simulated(bank):
    with transaction.atomic():
        point = transaction.savepoint()
        published_night()
        tried, spared = simulated(day=MARCH_END)
        transaction.savepoint_rollback(point)
    apply_policy(content=DRAFT | {"effective_from": str(MARCH_END)}, by="test")

    decided, waived = published_night()

    assert len(decided) == len(bank)
    assert {outcome for _before, _after, outcome, _months in decided.values()} >= {"up", "kept", "watch", "down"}
    assert tried == decided
    assert spared == waived and waived


def test_a_simulation_changes_nothing(bank):
    published_night()
    before = set(TierPeriod.objects.values_list("customer", "tier__code", "since", "until", "months_below"))

    simulated()

    assert set(TierPeriod.objects.values_list("customer", "tier__code", "since", "until", "months_below")) == before
    assert not TierDecision.objects.filter(tier_after__code="silver").exists()
