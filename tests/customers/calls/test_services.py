"""A caller proves who they are, or does not; what that opens, and until when."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Notification, Reach
from crm.identity.scope import scope_of
from customers.calls import services, verifying
from customers.models import Account, Call, Customer
from customers.services import reveal_contact
from tests.customers.calls.clock import NOON
from tests.factories import CustomerFactory, UserFactory
from tests.factories.calls import CallFactory

pytestmark = pytest.mark.django_db


def verified(call, answers, agent, **said):
    return verifying.verify_caller(call=call, answers=answers(call, **said), by=agent, at=NOON)


def test_the_incoming_number_finds_the_customer_and_is_kept_as_a_hash_alone(customer, agent):
    call = services.begin_call(number="138 1234 5678", by=agent, at=NOON)
    assert verifying.candidates_of(call) == [customer]
    assert "13812345678" not in str(Call.objects.filter(pk=call.pk).values())
    assert "13812345678" not in str(list(Event.objects.values("data", "object_label")))


def test_a_number_that_many_share_shows_nobody(customer, agent, own):
    for _ in range(verifying.CANDIDATES):
        CustomerFactory(with_contact=True)
    call = services.begin_call(number="13812345678", by=agent, at=NOON)
    assert verifying.candidates_of(call) == []


def test_nobody_but_an_agent_takes_calls(teller):
    with pytest.raises(RuleBroken):
        services.begin_call(number="", by=teller, at=NOON)


def test_one_call_at_a_time_the_same_number_twice_being_one_call(agent):
    call = services.begin_call(number="13812345678", by=agent, at=NOON)
    assert services.begin_call(number="+86 138 1234 5678", by=agent, at=NOON) == call
    with pytest.raises(RuleBroken) as refused:
        services.begin_call(number="13900000000", by=agent, at=NOON)
    assert refused.value.code == "busy"
    after = NOON + Call.LASTS
    assert services.begin_call(number="13900000000", by=agent, at=after) != call
    call.refresh_from_db()
    assert call.ended_at == after
    with pytest.raises(IntegrityError), transaction.atomic():
        CallFactory(agent=agent)


def test_three_questions_are_drawn_and_hanging_up_brings_no_others(customer, agent, ringing):
    assert len(ringing.asked) == 3
    services.end_call(call=ringing, by=agent, at=NOON)
    other = UserFactory(agent=True)
    again = services.begin_call(number="", by=other, at=NOON + timedelta(hours=1))
    again = verifying.choose_customer(call=again, customer=customer, by=other, at=NOON + timedelta(hours=1))
    assert again.asked == ringing.asked


@pytest.mark.parametrize(("wrong", "state", "more"), [(0, "verified", 0), (1, "ringing", 1), (2, "refused", 0)])
def test_each_wrong_answer_asks_for_one_more_and_the_second_refuses(ringing, answers, agent, wrong, state, more):
    call = verified(ringing, answers, agent, wrong=wrong)
    assert (call.state, call.wrong, len(call.asked)) == (state, wrong, more)


def test_after_a_wrong_answer_three_right_ones_verify(ringing, answers, agent):
    call = verified(ringing, answers, agent, wrong=1)
    assert verified(call, answers, agent).is_verified


def test_what_is_not_answered_is_wrong(ringing, agent):
    call = verifying.verify_caller(call=ringing, answers={}, by=agent, at=NOON)
    assert (call.state, call.wrong) == ("refused", 3)


def test_the_same_answers_sent_twice_are_judged_once(ringing, answers, agent):
    said = answers(ringing, wrong=1)
    verifying.verify_caller(call=ringing, answers=said, asked=said, by=agent, at=NOON)
    with pytest.raises(RuleBroken, match="checked already"):
        verifying.verify_caller(call=ringing, answers=said, asked=said, by=agent, at=NOON)
    ringing.refresh_from_db()
    assert (ringing.state, ringing.wrong) == ("ringing", 1)


def test_a_verified_call_opens_the_customer_for_half_an_hour(customer, ringing, answers, agent, other):
    assert not scope_of(agent, at=NOON).opens(customer)
    verified(ringing, answers, agent)
    scope = scope_of(agent, at=NOON + timedelta(minutes=29))
    assert scope.opens(customer) and not scope.opens(other.customer)
    assert not scope_of(agent, at=NOON + Call.LASTS).opens(customer)
    assert scope_of(agent, at=NOON + Call.LASTS).holds(customer)
    assert Reach.objects.get().cause == Reach.Cause.CALL


def test_the_end_of_the_call_closes_the_customer(customer, ringing, answers, agent):
    call = verified(ringing, answers, agent)
    assert list(Account.objects.visible_to(agent)) == []  # remembered from before, as of now
    later = NOON + timedelta(minutes=4)
    services.end_call(call=call, by=agent, at=later)
    assert not scope_of(agent, at=later).opens(customer)
    assert services.end_call(call=call, by=agent, at=later + timedelta(minutes=1)).ended_at == later


def test_a_refused_caller_opens_nothing_and_the_manager_hears_of_it(customer, ringing, answers, agent, manager):
    verified(ringing, answers, agent, wrong=2)
    assert not Reach.objects.exists()
    assert "could not prove" in Notification.objects.get(user=manager).text
    with pytest.raises(RuleBroken):
        verifying.verify_caller(call=ringing, answers=answers(ringing), by=agent, at=NOON)


def test_too_many_wrong_answers_close_a_customer_for_a_day_whoever_takes_the_call(customer, ringing, agent, other):
    verifying.verify_caller(call=ringing, answers={}, by=agent, at=NOON)
    services.end_call(call=ringing, by=agent, at=NOON)
    second = UserFactory(agent=True)
    call = services.begin_call(number="", by=second, at=NOON)
    call = verifying.choose_customer(call=call, customer=customer, by=second, at=NOON)
    verifying.verify_caller(call=call, answers={}, by=second, at=NOON)
    third = UserFactory(agent=True)
    later = NOON + timedelta(hours=23)
    call = services.begin_call(number="", by=third, at=later)
    with pytest.raises(RuleBroken) as refused:
        verifying.choose_customer(call=call, customer=customer, by=third, at=later)
    assert refused.value.code == "too_many"
    end = NOON + timedelta(hours=25)
    call = services.begin_call(number="", by=third, at=end)
    assert verifying.choose_customer(call=call, customer=customer, by=third, at=end).asked


def test_several_at_once_guess_no_more_than_one(customer):
    """Questions were drawn before the wrong answers of others were given."""
    calls = []
    for _ in range(4):
        agent = UserFactory(agent=True)
        call = services.begin_call(number="", by=agent, at=NOON)
        calls.append((verifying.choose_customer(call=call, customer=customer, by=agent, at=NOON), agent))
    for call, agent in calls[:2]:
        verifying.verify_caller(call=call, answers={}, by=agent, at=NOON)
    for call, agent in calls[2:]:
        with pytest.raises(RuleBroken) as refused:
            verifying.verify_caller(call=call, answers={}, by=agent, at=NOON)
        assert refused.value.code == "too_many"


def test_whom_the_bank_hardly_knows_it_can_not_verify(agent):
    call = services.begin_call(number="", by=agent, at=NOON)
    with pytest.raises(RuleBroken) as refused:
        verifying.choose_customer(call=call, customer=CustomerFactory(), by=agent, at=NOON)
    assert refused.value.code == "unknown"


def test_another_customer_is_chosen_before_an_answer_and_not_after(ringing, answers, agent, other):
    Customer.objects.filter(pk=other.customer.pk).update(birth_date="1980-01-01")
    call = verifying.choose_customer(call=ringing, customer=other.customer, by=agent, at=NOON)
    call = verifying.verify_caller(call=call, answers={"document": "8515"}, by=agent, at=NOON)
    with pytest.raises(RuleBroken):
        verifying.choose_customer(call=call, customer=other.customer, by=agent, at=NOON)


def test_nobody_answers_ends_or_logs_the_call_of_another(ringing, agent):
    second = UserFactory(agent=True)
    for act in (
        lambda: verifying.verify_caller(call=ringing, answers={}, by=second, at=NOON),
        lambda: services.end_call(call=ringing, by=second, at=NOON),
        lambda: services.log_call(call=ringing, by=second, as_of=NOON, outcome="agreed"),
    ):
        with pytest.raises(RuleBroken):
            act()


def test_a_call_is_over_by_itself(ringing, answers, agent):
    with pytest.raises(RuleBroken) as refused:
        verifying.verify_caller(call=ringing, answers=answers(ringing), by=agent, at=NOON + Call.LASTS)
    assert refused.value.code == "over"
    assert services.end_lapsed_calls(at=NOON + Call.LASTS) == 1
    assert services.end_lapsed_calls(at=NOON + Call.LASTS) == 0
    ringing.refresh_from_db()
    assert ringing.ended_at == ringing.ends_at


def test_a_call_is_logged_once_with_its_time_and_ends_with_it(ringing, answers, agent, customer):
    call = verified(ringing, answers, agent)
    logged = services.log_call(
        call=call, by=agent, as_of=NOON + timedelta(minutes=5), outcome="agreed", purpose="service"
    )
    assert (logged.customer, logged.at, logged.channel, logged.direction) == (customer, NOON, "phone", "in")
    assert not scope_of(agent, at=NOON + timedelta(minutes=5)).opens(customer)
    with pytest.raises(RuleBroken):
        services.log_call(call=call, by=agent, as_of=NOON + timedelta(minutes=6), outcome="agreed")


def test_the_trail_tells_what_was_asked_and_never_what_was_answered(ringing, answers, agent, right):
    call = verified(ringing, answers, agent)
    services.end_call(call=call, by=agent, at=NOON)
    events = {event.action: event for event in Event.objects.order_by("pk")}
    assert {"call.begun", "call.chosen", "call.verified", "reach.granted", "call.ended", "reach.ended"} <= set(events)
    assert events["call.verified"].customer_id == call.customer_id
    told = str([event.data for event in events.values()]) + str(Call.objects.values())
    assert not any(answer in told for kind, answer in right.items() if kind in ("document", "account", "birth_date"))


def test_a_verified_call_says_why_by_itself_but_for_the_id_document(customer, ringing, answers, agent):
    with pytest.raises(RuleBroken):
        reveal_contact(customer=customer, field="phone", by=agent, reason="They are calling me")
    agent._scope = None
    verifying.verify_caller(call=ringing, answers=answers(ringing), by=agent, at=NOON)
    agent._scope = scope_of(agent, at=NOON)
    assert reveal_contact(customer=customer, field="phone", by=agent) == "+8613812345678"
    assert Event.objects.get(action="contact.revealed").data["reason"] == "Verified call"
    with pytest.raises(RuleBroken):
        reveal_contact(customer=customer, field="national_id", by=agent)
    assert reveal_contact(customer=customer, field="national_id", by=agent, reason="Reads it out to compare")
