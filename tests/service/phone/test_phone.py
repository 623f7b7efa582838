"""One screen from ring to wrap-up: what to say, what is open, the balance, and how the call ended."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from crm.audit.models import Event
from crm.base.errors import RuleBroken
from customers.calls.services import begin_call, end_call
from customers.calls.verifying import choose_customer, verify_caller
from customers.models import Call, Interaction
from service.models import CallReason, CallScript, WrapUp
from service.phone.call_backs import take
from service.phone.keeping import keep_reason, keep_script
from service.phone.wrapping import tell_balances, wrap_up
from tests.factories import (
    CallBackFactory,
    CallReasonFactory,
    CallScriptFactory,
    CustomerFactory,
    TicketFactory,
    UserFactory,
)
from tests.factories.calls import CallFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(own, agent) -> Call:
    return CallFactory(agent=agent, verified=True, customer=own.customer)


def wrapped(call, by, **more) -> WrapUp:
    said = {"outcome": "agreed", "reasons": ["card"], "follows": "ticket", "at": timezone.now()}
    return wrap_up(call=call, by=by, **said | more)


def test_a_wrap_up_ends_the_call_logs_the_contact_and_stands(call, agent):
    CallReasonFactory(code="card")
    made = wrapped(call, agent, note="Sent a new one", is_solved=True)
    call.refresh_from_db()
    assert call.ended_at and call.interaction.note == "Sent a new one" and call.interaction.direction == "in"
    assert (made.reasons, made.is_solved, made.follows) == (["card"], True, "ticket")
    assert Event.objects.get(action="call.wrapped_up").customer_id == call.customer_id
    with pytest.raises(RuleBroken, match="already"):
        wrapped(call, agent)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        WrapUp.objects.update(is_solved=False)


@pytest.mark.parametrize("wrong", [{"reasons": []}, {"reasons": ["gone"]}, {"reasons": ["old"]}])
def test_nothing_is_done_without_a_reason_that_is_used(call, agent, wrong):
    CallReasonFactory(code="card")
    CallReasonFactory(code="old", is_used=False)
    with pytest.raises(RuleBroken) as refusal:
        wrapped(call, agent, **wrong)
    call.refresh_from_db()
    assert refusal.value.field == "reasons" and call.ended_at is None and call.interaction is None


def test_a_call_of_nobody_is_wrapped_up_and_nothing_is_logged(agent):
    wrapped(CallFactory(agent=agent), agent, reasons=[])
    assert WrapUp.objects.count() == 1 and not Interaction.objects.exists()
    with pytest.raises(RuleBroken, match="Somebody else"):
        wrapped(CallFactory(), agent, reasons=[])


def test_a_call_that_keeps_a_call_back_went_out_and_ends_it(own, agent):
    made, _number = take(call_back=CallBackFactory(customer=own.customer), by=agent, at=timezone.now())
    Call.objects.filter(pk=made.made_id).update(customer=own.customer)
    wrapped(Call.objects.get(pk=made.made_id), agent, reasons=[])
    made.refresh_from_db()
    assert made.state == "done" and Call.objects.get(pk=made.made_id).interaction.direction == "out"


def test_a_balance_is_told_to_a_verified_caller_alone_and_kept(call, own, agent):
    told = tell_balances(call=call, by=agent, at=timezone.now())
    assert [row.account for row in told] == [own.account]
    event = Event.objects.get(action="balance.told")
    assert (event.kind, event.customer_id, event.data["call"]) == ("read", own.customer.pk, str(call))
    ringing = CallFactory(agent=UserFactory(agent=True), customer=own.customer)
    for wrong in ({"call": ringing, "by": ringing.agent}, {"by": UserFactory(agent=True)}, {"at": call.ends_at}):
        with pytest.raises(RuleBroken, match="verified caller"):
            tell_balances(**{"call": call, "by": agent, "at": timezone.now()} | wrong)


def test_three_failed_verifications_close_the_phone_for_the_day_and_the_manager_knows(own, agent, manager):
    """Each with one wrong answer, of a customer of whom the bank knows just enough."""
    now = timezone.localtime().replace(hour=10)
    for number in range(3):
        call = begin_call(number="", by=agent, at=now)
        call = choose_customer(call=call, customer=own.customer, by=agent, at=now)
        call.questions = call.questions[:2]
        call.save()
        right = {"document": "x"}
        Call.objects.filter(pk=call.pk).update(state="refused", wrong=1)
        if number == 2:
            Call.objects.filter(pk=call.pk).update(state="ringing", wrong=0)
            verify_caller(call=call, answers=right, by=agent, at=now)
        end_call(call=call, by=agent, at=now)
    assert manager.notifications.filter(text__contains="any more today").exists()
    made, _number = take(call_back=CallBackFactory(customer=own.customer), by=agent, at=now)
    with pytest.raises(RuleBroken) as refusal:
        choose_customer(call=made.made, customer=own.customer, by=agent, at=now)
    assert refusal.value.code == "too_many"
    end_call(call=made.made, by=agent, at=now)
    tomorrow = now + timedelta(days=1, hours=1)
    fresh = begin_call(number="", by=agent, at=tomorrow)
    assert choose_customer(call=fresh, customer=own.customer, by=agent, at=tomorrow).asked


def test_a_script_has_versions_in_both_languages(admin):
    first = keep_script(moment="ringing", text_en="Hello", text_zh="您好", by=admin, at=timezone.now(), number=0)
    second = keep_script(moment="ringing", text_en="Good day", text_zh="您好", by=admin, at=timezone.now(), number=1)
    assert list(CallScript.objects.current()) == [second] and (first.number, second.number) == (1, 2)
    with translation.override("zh-hans"):
        assert second.text == "您好"
    for wrong in ({"number": 1}, {"text_zh": " "}, {"moment": "noon"}):
        with pytest.raises(RuleBroken):
            said = {"moment": "ringing", "text_en": "a", "text_zh": "b", "by": admin, "at": timezone.now()}
            keep_script(**said | wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        CallScript.objects.update(text_en="x")


def test_reasons_are_kept_and_not_twice(admin):
    made = keep_reason(code="card", name="Card", is_used=True, by=admin)
    assert keep_reason(code="card", name="Cards", is_used=False, by=admin, reason=made) == CallReason.objects.get()
    with pytest.raises(RuleBroken, match="already"):
        keep_reason(code="card", name="Other", is_used=True, by=admin)


def test_one_screen_shows_script_tickets_and_the_ways_on(call, own, agent, signed_in, queries):
    CallScriptFactory(moment="verified", text_en="How may I help?")
    TicketFactory(customer=own.customer, subject="Old matter")
    TicketFactory(customer=CustomerFactory(), subject="Foreign")
    browser, url = signed_in(agent), f"/calls/{call.pk}/"
    browser.get(url)
    with queries("call:verified"):
        page = browser.get(url).text
    assert "How may I help?" in page and "Old matter" in page and "Foreign" not in page and "Tell the balances" in page
    typed = {"kind": "complaint", "channel": "phone", "subject": "Waited", "body": "Hours", "impact": "low"}
    opened = browser.post(f"/customers/{own.customer.pk}/ticket/?call={call.pk}", typed)
    assert opened.url == url and "of this call" in browser.get(url).text
    assert own.account.number in browser.post(f"{url}balances/").text
    ended = browser.post(f"{url}end/")
    assert ended.url == f"{url}wrap-up/"
    done = browser.post(ended.url, {"outcome": "reached", "step": "none", "purpose": "service", "follows": "ticket"})
    assert done.status_code == 302 and "The ticket is worked on" in browser.get(url).text


def test_an_admin_keeps_scripts_and_reasons_on_pages_and_over_rest(admin, agent, signed_in, api):
    browser = signed_in(admin)
    browser.post("/call-scripts/ringing/", {"number": 0, "text_en": "Hello", "text_zh": "您好"})
    assert "Hello" in browser.get("/call-scripts/").text and browser.get("/call-scripts/noon/").status_code == 404
    stale = browser.post("/call-scripts/ringing/", {"number": 0, "text_en": "Hey", "text_zh": "您好"})
    assert stale.status_code == 422 and "Hey" in stale.text
    browser.post("/call-reasons/add/", {"code": "card", "name": "Card", "is_used": "on"})
    assert [each["code"] for each in api(agent).get("/api/v1/call-reasons/").json()["results"]] == ["card"]
    call = CallFactory(agent=agent)
    sent = {"call": call.pk, "outcome": "reached", "reasons": ["card"], "follows": "nothing"}
    assert api(agent).post("/api/v1/wrap-ups/", sent, format="json").status_code == 201
    assert api(agent).post("/api/v1/wrap-ups/", sent, format="json").status_code == 409
