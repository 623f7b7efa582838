"""Gold cards: issued with the entitlement, suspended as the standards say, withdrawn when it ends; one state a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from crm.base.errors import RuleBroken
from customers.models import Customer, Flag
from segmentation.lookups import looked_up
from segmentation.models import GoldCard
from segmentation.rules import validate
from segmentation.services.policies import apply_policy
from segmentation.standards.cards import report_lost, resume
from segmentation.standards.entitlements import holds_gold_card
from tests.factories import GoldCardFactory, UserFactory
from tests.segmentation.night.bank import customer_with, nights, policy
from tests.segmentation.segments.bank import periods, segment
from tests.segmentation.segments.bank import use as use_segments
from tests.segmentation.standards.bank import CARD, LOUNGE, grant, household, line, states, withdraw

pytestmark = pytest.mark.django_db
J30, J31, F1, F2 = date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2)


def bank(grace: int = 0, start: date = J30, **card) -> None:
    """Gold has the card, from the 1,000 of a month on."""
    policy(("mass", None, 0), ("gold", "1000", grace))
    content = {
        "benefits": [LOUNGE, CARD],
        "lines": [line("gold", "card", shared=True)],
        "gold_card": {"benefit": "card"} | card,
    }
    apply_policy(content={"effective_from": str(start), "service_standards": content}, by="setup")


def rich(**changed) -> Customer:
    return customer_with({date(2026, 1, 1): "5000"}, **changed)


def test_a_card_is_issued_the_night_a_tier_is_gained_and_valid_from_the_day_it_holds():
    bank()
    ann, bob = rich(), customer_with({date(2026, 1, 1): "5"})

    nights(J30, F1)

    assert states(ann) == [("issued", "entitled", J31, F1), ("valid", "entitled", F1, None)]
    assert states(bob) == []
    assert [holds_gold_card(ann, day) for day in (J31, F1)] == [False, True]


def test_a_card_is_withdrawn_on_the_day_the_tier_is_lost_and_issued_anew_when_it_is_gained_again():
    bank()
    ann = customer_with({date(2026, 1, 1): "5000", F1: "0", date(2026, 3, 1): "5000"})

    nights(J30, date(2026, 4, 1))

    assert states(ann) == [
        ("issued", "entitled", J31, F1),
        ("valid", "entitled", F1, date(2026, 3, 1)),
        ("withdrawn", "ended", date(2026, 3, 1), date(2026, 3, 31)),
        ("issued", "entitled", date(2026, 3, 31), date(2026, 4, 1)),
        ("valid", "entitled", date(2026, 4, 1), None),
    ]


def test_months_on_watch_suspend_a_card_and_a_month_at_the_level_resumes_it():
    bank(grace=3, watch_months=1)
    ann = customer_with({date(2026, 1, 1): "5000", F1: "0", date(2026, 3, 1): "5000"})

    nights(J30, date(2026, 4, 1))

    assert states(ann)[1:] == [
        ("valid", "entitled", F1, date(2026, 3, 1)),
        ("suspended", "watch", date(2026, 3, 1), date(2026, 4, 1)),
        ("valid", "entitled", date(2026, 4, 1), None),
    ]
    assert not holds_gold_card(ann, date(2026, 3, 15))


@pytest.mark.parametrize(("asked", "found"), [(True, "suspended"), (False, "valid")])
def test_a_frozen_customer_keeps_or_loses_the_card_as_the_standards_say(asked, found):
    bank(frozen=asked)
    ann = rich()
    nights(J30, J31)
    Customer.objects.filter(pk=ann.pk).update(status="frozen")

    nights(F1, F1)

    assert states(ann)[-1][0] == found


def test_a_freeze_by_a_court_suspends_a_card_while_it_holds():
    bank(frozen=True)
    ann = rich()
    Flag.objects.create(customer=ann, kind="court_freeze", since=F1, until=date(2026, 2, 3), source="Court of Pudong")

    nights(J30, date(2026, 2, 3))

    assert states(ann)[1:] == [
        ("suspended", "frozen", F1, date(2026, 2, 3)),
        ("valid", "entitled", date(2026, 2, 3), None),
    ]


def test_a_closed_customer_and_standards_without_a_card_leave_none():
    bank()
    ann, bob = rich(), rich()
    nights(J30, J31)
    Customer.objects.filter(pk=ann.pk).update(status="closed")
    nights(F1, F1)
    assert [states(each)[-1][0] for each in (ann, bob)] == ["withdrawn", "valid"]

    apply_policy(
        content={"effective_from": str(date(2026, 2, 3)), "service_standards": {"benefits": [LOUNGE]}}, by="setup"
    )
    nights(F2, F2)

    assert states(bob)[-1] == ("withdrawn", "ended", date(2026, 2, 3), None)


def test_the_household_and_an_override_give_a_card_too_and_a_withdrawal_takes_it():
    bank()
    poor = [customer_with({date(2026, 1, 1): "5"}) for _n in range(2)]
    ann = rich()
    household(ann, poor[0])
    grant(poor[1], code="card", since=F2)
    nights(J30, F1)

    assert states(poor[0]) == [("issued", "entitled", J31, F1), ("valid", "entitled", F1, None)]
    assert states(poor[1]) == [("issued", "entitled", F1, F2), ("valid", "entitled", F2, None)]

    withdraw(ann, "card", since=F2)
    nights(F2, F2)

    assert [states(each)[-1][0] for each in (ann, *poor)] == ["withdrawn", "withdrawn", "valid"]


def test_a_second_night_changes_nothing():
    bank()
    ann = rich()
    nights(J30, F1)
    before = states(ann)
    nights(F2, F2)
    assert states(ann) == before


def test_a_lost_card_is_suspended_by_hand_and_resumed_by_hand_alone():
    bank(frozen=True)
    ann, teller = rich(), UserFactory(teller=True)
    nights(J30, F1)

    report_lost(customer=ann, on=date(2026, 2, 3), note="On the train", by=teller)
    nights(F2, date(2026, 2, 4))

    assert states(ann)[-1] == ("suspended", "loss", date(2026, 2, 3), None)
    assert holds_gold_card(ann, date(2026, 2, 4))
    with pytest.raises(RuleBroken, match="reported lost already"):
        report_lost(customer=ann, on=date(2026, 2, 5), note="", by=teller)

    resume(customer=ann, on=date(2026, 2, 5), note="Found", by=teller)

    assert states(ann)[-1] == ("valid", "entitled", date(2026, 2, 5), None)
    with pytest.raises(RuleBroken, match="No card was reported lost"):
        resume(customer=ann, on=date(2026, 2, 5), note="", by=teller)


def test_a_day_has_one_state_the_last_of_it():
    bank()
    ann, teller = rich(), UserFactory(teller=True)
    nights(J30, F1)

    report_lost(customer=ann, on=F2, note="", by=teller)
    resume(customer=ann, on=F2, note="", by=teller)

    assert states(ann)[1:] == [("valid", "entitled", F1, F2), ("valid", "entitled", F2, None)]


def test_a_night_that_runs_late_replaces_what_was_said_by_hand_of_a_later_day():
    bank()
    ann = customer_with({date(2026, 1, 1): "5000", F1: "0"})
    nights(J30, date(2026, 2, 27))
    report_lost(customer=ann, on=date(2026, 3, 9), note="", by=UserFactory(teller=True))

    nights(date(2026, 2, 28), date(2026, 2, 28))

    assert states(ann)[-2:] == [
        ("valid", "entitled", F1, date(2026, 3, 9)),
        ("withdrawn", "ended", date(2026, 3, 9), None),
    ]


def test_who_has_no_card_reports_none_lost():
    bank()
    with pytest.raises(RuleBroken, match="has no gold card"):
        report_lost(customer=rich(), on=F1, note="", by=UserFactory(teller=True))


def test_the_database_keeps_one_state_a_day():
    card = GoldCardFactory(until=F1)
    for until in (None, F2):
        with pytest.raises(IntegrityError, match=r"ended_apart|one state per day"), transaction.atomic():
            GoldCardFactory(customer=card.customer, since=F1 - timedelta(days=1), until=until)
    GoldCardFactory(customer=card.customer, since=F1)
    with pytest.raises(IntegrityError, match="gold_card_one_open"), transaction.atomic():
        GoldCardFactory(customer=card.customer, since=F2)
    assert GoldCard.objects.count() == 2


def test_a_segment_of_holders_has_those_who_hold_the_card_by_its_standards(admin):
    bank(frozen=True)
    ann, bob, cid = rich(number="A"), rich(number="B"), customer_with({date(2026, 1, 1): "5"}, number="C")
    use_segments(segment("holders", {"field": "gold_card", "op": "=", "value": True}))
    nights(J30, F1)
    report_lost(customer=ann, on=F2, note="", by=UserFactory(teller=True))
    Customer.objects.filter(pk=bob.pk).update(status="frozen")
    nights(F2, date(2026, 2, 3))

    assert periods("holders") == [("A", F1, None), ("B", F1, date(2026, 2, 3))]
    for customer in (ann, bob, cid):
        held = looked_up(customer, ["gold_card"], date(2026, 2, 3))["gold_card"]
        assert held == holds_gold_card(customer, date(2026, 2, 3))


def test_a_tier_that_asks_for_the_card_that_it_gives_is_refused():
    with pytest.raises(RuleBroken, match="price"):
        validate({"field": "gold_card", "op": "=", "value": True}, purpose="tier")
