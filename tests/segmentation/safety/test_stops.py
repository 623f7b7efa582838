"""A night with too many moves waits for a person, who publishes it or has it run again."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from crm.nightly.night import run_night
from crm.nightly.start import is_time, open_if_time, release_night, start_night
from customers.models import Account, Balance, BalanceMonth, Customer
from segmentation.exports import facts
from segmentation.models import FactsMonth, Published, StagedWaiver, Stop, TierDecision, TierPeriod, WaiverEntry
from segmentation.safety import stops
from tests.factories import FeeChargeFactory, UserFactory
from tests.segmentation.night.bank import close_feeds, customers_with, nights, policy, tier_on
from tests.segmentation.safety.conftest import END, NEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver():
    return UserFactory(approver=True)


def refused(run: Run) -> Run:
    return stops.refuse(run=run, reason="The file of 2 February was wrong", by=UserFactory(approver=True))


def test_the_stop_keeps_the_moves_per_tier_and_direction_against_the_limit(stopped):
    stop = Stop.objects.get(run=stopped)

    assert stop.moves == [
        {
            "tier": "gold",
            "name": "Gold",
            "direction": "down",
            "moves": 21,
            "members": 200,
            "limit": "10",
            "share": "10.50",
        }
    ]
    assert stopped.status == Run.Status.WAITING and stop.answer == ""


def test_both_directions_are_weighed_and_a_small_tier_never(db):
    policy(("mass", None, 0), ("gold", "1000", 0), ("private", "100000", 0), max_moves_percent={
        "mass": {"up": "5"}, "gold": {"down": "4"}, "private": "1"})  # fmt: skip
    rising = [{date(2026, 1, 1): "10", date(2026, 2, 1): "2000" if n < 11 else "10"} for n in range(200)]
    falling = [{date(2026, 1, 1): "2000", date(2026, 2, 1): "10" if n < 9 else "2000"} for n in range(200)]
    few = [{date(2026, 1, 1): "200000", date(2026, 2, 1): "2000"}] * 199
    customers_with([*rising, *falling, *few])
    nights(END, END)
    close_feeds(NEXT)
    run = run_night(day=NEXT)

    found = [(move["tier"], move["direction"], move["moves"]) for move in Stop.objects.get(run=run).moves]
    assert found == [("mass", "up", 11), ("gold", "down", 9)]


def test_released_by_another_person_it_is_published_and_the_answer_is_kept(stopped, approver):
    release_night(run=stopped, reason="Checked with treasury", by=approver)

    stopped.refresh_from_db()
    stop = Stop.objects.get(run=stopped)
    assert stopped.status == Run.Status.COMPLETED
    assert (stop.answer, stop.answered_by, stop.reason) == ("released", approver, "Checked with treasury")
    with pytest.raises(RuleBroken):
        release_night(run=stopped, reason="Again", by=approver)


@pytest.mark.parametrize("answer", [release_night, stops.refuse])
def test_whoever_started_the_night_answers_nothing(stopped, approver, answer):
    Run.objects.filter(pk=stopped.pk).update(started_by=approver)

    with pytest.raises(RuleBroken, match="started"):
        answer(run=stopped, reason="Mine", by=approver)
    with pytest.raises(RuleBroken, match="why"):
        answer(run=stopped, reason=" ", by=UserFactory(approver=True))


def test_the_database_itself_wants_another_person_and_a_reason(stopped, approver):
    stop = Stop.objects.filter(run=stopped)
    for words in ({"started_by": approver, "answered_by": approver, "answer": "released", "reason": "x"},
                  {"answered_by": approver, "answer": "released", "reason": ""},
                  {"answer": "released", "reason": "x"}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            stop.update(**words)


def test_an_answer_is_never_changed_and_a_stop_never_deleted(stopped, approver, as_app_role):
    release_night(run=stopped, reason="Checked", by=approver)

    stop = Stop.objects.filter(run=stopped)
    for write in (lambda: stop.update(reason="Other"), stop.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_a_refused_night_shows_nothing_and_leaves_nothing_to_publish(stopped, as_app_role):
    run = refused(stopped)

    assert run.status == Run.Status.REFUSED
    assert Published.objects.get().business_date == END
    assert not TierDecision.objects.published().filter(business_date=NEXT).exists()
    assert TierDecision.objects.filter(run=run).count() == 200
    assert not StagedWaiver.objects.exists() and not FactsMonth.objects.filter(business_date=NEXT).exists()
    assert Event.objects.filter(action="night.refused", data__reason__startswith="The file").exists()
    assert not Run.objects.published().filter(pk=run.pk).exists()


def test_after_a_correction_the_night_is_planned_anew_with_the_inputs_of_the_moment(stopped):
    first = Customer.objects.order_by("pk").first()
    account = Account.objects.get(holders__customer=first)
    FeeChargeFactory(account=account, charged_on=date(2026, 2, 9), amount=Decimal("30.00"))
    refused(stopped)
    poor = list(Account.objects.order_by("pk").values_list("pk", flat=True)[:15])
    Balance.objects.filter(account__in=poor, on=date(2026, 2, 1)).update(amount=5000)
    BalanceMonth.objects.filter(account__in=poor, month=date(2026, 2, 1)).update(closing=5000, day_sum=5000)

    again = run_night(day=NEXT)

    assert again.pk != stopped.pk and again.status == Run.Status.COMPLETED
    assert Run.objects.nights().filter(business_date=NEXT).count() == 2
    assert TierPeriod.objects.filter(since=date(2026, 3, 1), tier__code="mass").count() == 6
    assert tier_on(first, date(2026, 3, 1)) == "gold"
    assert FactsMonth.objects.filter(business_date=NEXT).count() == 200
    assert TierDecision.objects.published().filter(business_date=NEXT, customer=first).get().outcome == "kept"
    assert WaiverEntry.objects.count() == 0 and run_night(day=NEXT).pk == again.pk


def test_one_night_per_business_date_stands(stopped):
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(kind=Run.Kind.NIGHT, business_date=NEXT)
    refused(stopped)
    Run.objects.create(kind=Run.Kind.NIGHT, business_date=NEXT)


@time_machine.travel("2026-03-01T10:00:00+08:00", tick=False)
def test_the_clock_leaves_a_refused_date_to_a_person(stopped):
    admin = UserFactory(admin=True)
    Published.objects.update(business_date=date(2026, 2, 27))
    refused(stopped)

    assert not is_time() and open_if_time() is None
    run, is_new = start_night(by=admin)
    assert is_new and run.business_date == NEXT and run.started_by == admin


def test_the_facts_of_a_night_that_waits_are_not_taken_along(stopped):
    with pytest.raises(RuleBroken):
        list(facts(NEXT))
