"""Grants, holds and caps: what the night after their start does, and what the first review after their end does."""

from datetime import date

import pytest

from customers.models import Customer
from segmentation.explain import explain
from segmentation.models import Tier, TierDecision, TierOverride, TierPeriod
from segmentation.services.overrides import end_override, publish_override
from segmentation.why import sentences
from tests.factories import UserFactory
from tests.segmentation.night.bank import customer_with, nights, policy, tier_on
from tests.segmentation.night.test_languages import ENDS, MASS, all_replay, at_least, monthly, review, tier

pytestmark = pytest.mark.django_db
PRIVATE = tier("private", at_least("2000000"), by_invitation=True, grace_months=2)


@pytest.fixture
def scheme(db: None) -> None:
    policy(tiers=[MASS, tier("silver", at_least("50000")), tier("gold", at_least("200000"), grace_months=2), PRIVATE])


def override(customer: Customer, kind: str, code: str, since: date, until: date) -> TierOverride:
    return publish_override(
        customer=customer, kind=kind, tier=Tier.objects.get(code=code), since=since, until=until,
        reason="Board member of a client", by=UserFactory(approver=True),
    )  # fmt: skip


def periods(customer: Customer) -> list[tuple]:
    return list(TierPeriod.objects.filter(customer=customer).order_by("since").values_list("tier__code", "since"))


@pytest.mark.usefixtures("scheme")
def test_a_grant_lifts_on_its_first_day_even_by_invitation_and_ends_at_the_next_review_after_full_grace() -> None:
    customer = customer_with(monthly("100", "100", "100", "100", "100"))
    nights(date(2026, 1, 5), date(2026, 1, 5))
    granted = override(customer, "grant", "private", date(2026, 1, 10), date(2026, 3, 1))

    nights(date(2026, 1, 6), date(2026, 1, 9))
    assert periods(customer) == [("mass", date(2026, 1, 5)), ("private", date(2026, 1, 10))]
    decision = TierDecision.objects.get(customer=customer, business_date=date(2026, 1, 9))
    assert (decision.outcome, decision.override) == ("up", granted)

    review(*ENDS[:2])
    # on 28 February the grant is over: the first of two months of grace
    assert TierPeriod.objects.get(customer=customer, until=None).months_below == 1
    review(ENDS[2])
    assert tier_on(customer, date(2026, 4, 1)) == "mass"
    outcomes = (
        TierDecision.objects.filter(customer=customer).order_by("business_date").values_list("outcome", flat=True)
    )
    assert list(outcomes) == ["placed", "up", "kept", "watch", "down"]
    assert all_replay()


@pytest.mark.usefixtures("scheme")
def test_nothing_moves_on_the_nights_within_a_grant() -> None:
    customer = customer_with(monthly("100"))
    nights(date(2026, 1, 5), date(2026, 1, 5))
    override(customer, "grant", "gold", date(2026, 1, 7), date(2026, 6, 1))
    nights(date(2026, 1, 6), date(2026, 1, 12))

    assert periods(customer) == [("mass", date(2026, 1, 5)), ("gold", date(2026, 1, 7))]
    assert TierDecision.objects.filter(customer=customer).count() == 2


@pytest.mark.usefixtures("scheme")
def test_a_hold_keeps_who_would_fall_and_leaves_the_full_grace_for_afterwards() -> None:
    customer = customer_with(monthly("250000", "100", "100", "100", "100", "100"))
    review(ENDS[0])
    override(customer, "hold", "gold", date(2026, 2, 10), date(2026, 5, 1))

    review(*ENDS[1:4])

    assert tier_on(customer, date(2026, 5, 1)) == "gold"
    held = TierDecision.objects.filter(customer=customer, override__kind="hold")
    assert [each.outcome for each in held.order_by("business_date")] == ["kept", "kept"]
    said = explain(customer=customer, on=date(2026, 4, 15))
    assert said and "Held in Gold by an override until 30 April 2026: Board member of a client" in sentences(said)
    assert said.as_json()["override"]["until"] == "2026-05-01"
    review(ENDS[4])
    assert tier_on(customer, date(2026, 6, 1)) == "mass"
    assert all_replay()


@pytest.mark.usefixtures("scheme")
def test_a_hold_of_a_lower_tier_stops_the_fall_there_and_lifts_nobody() -> None:
    faller, poor = customer_with(monthly("250000", "100", "100", "100")), customer_with(monthly("100"))
    review(ENDS[0])
    for customer in (faller, poor):
        override(customer, "hold", "silver", date(2026, 2, 10), date(2027, 1, 1))

    review(*ENDS[1:4])

    assert (tier_on(faller, date(2026, 5, 1)), tier_on(poor, date(2026, 5, 1))) == ("silver", "mass")
    assert all_replay()


@pytest.mark.usefixtures("scheme")
def test_a_cap_brings_down_on_the_next_closed_night_and_keeps_down() -> None:
    customer = customer_with(monthly("250000"))
    review(ENDS[0])
    capped = override(customer, "cap", "silver", date(2026, 2, 10), date(2026, 4, 1))

    nights(date(2026, 2, 9), date(2026, 2, 9), closed=False)
    assert tier_on(customer, date(2026, 2, 10)) == "gold"
    nights(date(2026, 2, 10), date(2026, 2, 10))
    assert tier_on(customer, date(2026, 2, 11)) == "silver"
    review(ENDS[1])
    assert TierDecision.objects.get(customer=customer, business_date=ENDS[1]).override == capped
    review(ENDS[2])
    assert tier_on(customer, date(2026, 4, 1)) == "gold"
    assert all_replay()


@pytest.mark.usefixtures("scheme")
def test_an_override_that_is_ended_early_no_longer_holds() -> None:
    customer = customer_with(monthly("250000", "100", "100", "100"))
    review(ENDS[0])
    held = override(customer, "hold", "gold", date(2026, 2, 10), date(2027, 1, 1))
    review(ENDS[1])

    end_override(override=held, on=date(2026, 3, 2), by="test")
    review(*ENDS[2:4])

    assert tier_on(customer, date(2026, 5, 1)) == "mass"
    assert all_replay()


@pytest.mark.usefixtures("scheme")
def test_a_newcomer_with_a_grant_stands_in_the_lowest_tier_for_a_day() -> None:
    customer = customer_with({date(2026, 1, 10): "5"})
    override(customer, "grant", "gold", date(2026, 1, 1), date(2026, 6, 1))

    nights(date(2026, 1, 10), date(2026, 1, 11))

    assert periods(customer) == [("mass", date(2026, 1, 10)), ("gold", date(2026, 1, 11))]
    assert all_replay()
