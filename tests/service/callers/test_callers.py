"""Somebody who is no customer: their ticket and complaint, who sees them, whom they were found to be, and how they are forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from crm.approvals.services import approve
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from service.callers.keeping import KEPT, forget_callers, join, note_caller, reveal
from service.complaints.services import answer, ask_extension, declare
from service.models import Caller, ClockAlert, Complaint, Ticket, TicketStep
from service.tickets.assigning import follow_managers
from service.tickets.reckoning import keep_reckoned
from service.tickets.services import open_ticket
from service.tickets.sweeping import sweep
from tests.factories import (
    CallerFactory,
    CustomerFactory,
    MandateFactory,
    TicketFactory,
    TicketQueueFactory,
    TierFactory,
    TierPeriodFactory,
    UserFactory,
)
from tests.service.complaints.test_complaints import ENDED

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def said(**more) -> dict:
    return {"kind": "complaint", "channel": "phone", "subject": "Waited", "body": "Two hours.", "impact": "low"} | more


@pytest.fixture
def caller(agent) -> Caller:
    return note_caller(name="Han Mei", phone="138 1111 2222", by=agent, at=NOW)


@pytest.fixture
def brought(caller, agent) -> Ticket:
    return open_ticket(customer=None, caller=caller, queue=TicketQueueFactory(), by=agent, at=NOW, **said())


def test_a_complaint_of_nobody_has_both_clocks(agent):
    anonymous = note_caller(is_anonymous=True, by=agent, at=NOW)
    ticket = open_ticket(customer=None, caller=anonymous, queue=TicketQueueFactory(), by=agent, at=NOW, **said())
    complaint = Complaint.objects.get(ticket=ticket)
    assert complaint.due_on == date(2026, 4, 17) and ticket.due_at and ticket.who == "Anonymous"
    assert ticket.assignee is None and (anonymous.name, anonymous.phone_hash) == ("", None)


def test_without_a_customer_it_waits_in_a_queue_and_is_of_somebody(caller, agent):
    with pytest.raises(RuleBroken, match="queue") as refusal:
        open_ticket(customer=None, caller=caller, by=agent, at=NOW, **said())
    assert refusal.value.field == "queue"
    with pytest.raises(RuleBroken, match="who it is of"):
        open_ticket(customer=None, queue=TicketQueueFactory(), by=agent, at=NOW, **said())
    with pytest.raises(IntegrityError, match="ticket_is_of_somebody"), transaction.atomic():
        TicketFactory(customer=None)


def test_who_it_is_is_encrypted_and_the_trail_does_not_name_them(caller):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM service_caller WHERE id = %s", [caller.pk])
        assert not any(word in bytes(value) for value in cursor.fetchone() for word in (b"Han", b"138"))
    event = Event.objects.get(action="caller.noted")
    assert event.object_label == str(caller) and "Han" not in f"{event.object_label} {event.data}"


@pytest.mark.parametrize(
    "wrong", [{}, {"name": "Li", "is_anonymous": True}, {"phone": "12"}, {"email": "nobody"}, {"name": "x" * 121}]
)
def test_it_is_somebody_or_it_is_nobody(agent, wrong):
    with pytest.raises(RuleBroken):
        note_caller(by=agent, at=NOW, **wrong)


def test_the_same_name_and_phone_is_the_same_one(caller, agent):
    again = {"by": agent, "at": NOW, "phone": "+8613811112222"}
    assert note_caller(name="Han  Mei", **again) == caller
    assert note_caller(name="Her brother", **again) != caller


def test_it_is_seen_by_who_has_to_do_with_it(brought, agent, manager, teller, head, auditor):
    def seen() -> list[bool]:
        people = (agent, auditor, manager, teller, head)
        return [Ticket.objects.visible_to(user).filter(pk=brought.pk).exists() for user in people]

    assert seen() == [True, True, False, False, False]
    brought.queue.team.members.add(teller)
    agent.branch = head.branch
    agent.save()
    assert seen() == [True, True, False, True, True]
    assert Caller.objects.visible_to(teller).exists() and not Caller.objects.visible_to(manager).exists()
    Ticket.objects.filter(pk=brought.pk).update(about=teller)
    assert seen()[3] is False and not Complaint.objects.visible_to(teller).exists()


def test_found_to_be_a_customer_it_is_theirs_and_the_law_runs_on(brought, caller, own, manager, agent):
    gold = TierFactory(code="gold")
    TierPeriodFactory(customer=own.customer, tier=gold, since=date(2026, 1, 1))
    before = Complaint.objects.get()
    join(caller=caller, customer=own.customer, by=agent, at=NOW + DAY, version=caller.version)
    brought.refresh_from_db()
    assert (brought.customer, brought.caller, brought.priority, brought.version) == (own.customer, caller, "high", 2)
    after = Complaint.objects.get()
    assert (after.due_on, after.stage, after.received_on) == (before.due_on, before.stage, before.received_on)
    assert TicketStep.objects.get(act="joined").told == {"customer": own.customer.number}
    assert Ticket.objects.visible_to(manager).get() == brought
    with pytest.raises(RuleBroken, match="already"):
        join(caller=caller, customer=CustomerFactory(), by=agent, at=NOW + DAY)
    with pytest.raises(DatabaseError, match="another customer only with a merge"), transaction.atomic():
        Ticket.objects.filter(pk=brought.pk).update(customer=CustomerFactory())
    with pytest.raises(DatabaseError, match="another customer only with a merge"), transaction.atomic():
        Caller.objects.filter(pk=caller.pk).update(customer=CustomerFactory())


def test_who_was_overtaken_joins_nobody(brought, caller, own, agent):
    with pytest.raises(RuleBroken) as refusal:
        join(caller=caller, customer=own.customer, by=agent, at=NOW, version=7)
    assert refusal.value.code == "stale" and not Ticket.objects.exclude(customer=None).exists()


def test_the_clocks_of_nobody_are_reckoned_and_escalated_to_the_heads(brought, agent, head):
    agent.branch = head.branch
    agent.save()
    assert keep_reckoned(at=NOW + DAY) == 0 and sweep(at=NOW + 30 * DAY) > 0
    follow_managers(customers=None, at=NOW)
    assert ClockAlert.objects.filter(ticket=brought, level="breached").exists()
    assert head.notifications.filter(text__contains="overdue").exists()


def test_an_extension_for_nobody_is_approved_and_the_answer_ends_it(brought, agent, approver):
    complaint = declare(complaint=Complaint.objects.get(), act="complex", words="Three branches", by=agent, at=NOW)
    proposal = ask_extension(complaint=complaint, reason="Three branches", by=agent, at=NOW)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver, at=NOW + DAY)
    assert proposal.content["customer"] == "" and complaint.steps.filter(act="approved").exists()
    complaint = answer(complaint=complaint, words="We are sorry.", by=agent, at=NOW + DAY, **ENDED)
    assert complaint.ticket.__class__.objects.get().status == "solved"


def test_contact_data_are_shown_with_a_reason_that_is_kept(caller, agent):
    with pytest.raises(RuleBroken, match="why"):
        reveal(caller=caller, field="phone", by=agent, reason="")
    assert reveal(caller=caller, field="phone", by=agent, reason="Call back") == "+8613811112222"
    event = Event.objects.get(action="contact.revealed")
    assert (event.kind, event.data) == ("read", {"field": "phone", "reason": "Call back"})


def test_who_is_silent_for_long_is_forgotten_and_who_is_not_is_not(agent):
    long_ago = NOW - KEPT - 2 * DAY
    silent, waiting, speaks, fresh, lately = (
        CallerFactory(noted_at=NOW if each == 3 else long_ago, noted_by=agent) for each in range(5)
    )
    queue = {"customer": None, "queue": TicketQueueFactory(), "opened_at": long_ago}
    TicketFactory(caller=silent, solved=True, **queue | {"ended_at": long_ago + DAY})
    TicketFactory(caller=waiting, **queue)
    TicketFactory(caller=lately, solved=True, **queue | {"ended_at": NOW})
    MandateFactory(holder=speaks)
    assert forget_callers(at=NOW) == 1 and forget_callers(at=NOW) == 0
    silent.refresh_from_db()
    assert (silent.name, silent.phone, silent.phone_hash, silent.forgotten_on) == ("", "", None, date(2026, 4, 2))
    assert Caller.objects.known().count() == 4 and {waiting, speaks, fresh, lately} == set(Caller.objects.known())


def test_an_agent_opens_one_of_nobody_finds_it_by_phone_and_joins_it(own, agent, signed_in, queries):
    browser, queue = signed_in(agent), TicketQueueFactory()
    typed = said(queue=queue.code, name="Han Mei", phone="13811112222")
    page = browser.post(reverse("ticket_of_nobody"), typed)
    ticket = Ticket.objects.get()
    assert page.url == f"/tickets/{ticket.pk}/" and "Han Mei" in browser.get(page.url).text
    found = browser.get("/tickets/?q=13811112222").text
    assert "Waited" in found and "Han Mei" in found
    assert "Waited" not in browser.get("/tickets/?q=13811112223").text
    url = reverse("caller", args=[ticket.caller_id])
    with queries("caller"):
        shown = browser.get(url).text
    assert "138****2222" in shown and "13811112222" not in shown
    told = browser.post(reverse("caller_reveal", args=[ticket.caller_id, "phone"]), {"reason": "Call back"}).text
    assert "+8613811112222" in told
    joined = browser.post(f"{url}join/", {"customer": own.customer.number, "version": 1})
    assert joined.url == url and Ticket.objects.get().customer == own.customer
    for wrong in ({"name": "", "phone": ""}, {"queue": ""}, {"phone": "1"}):
        refused = browser.post(reverse("ticket_of_nobody"), typed | wrong)
        assert refused.status_code == 422 and Caller.objects.count() == 1


def test_over_rest_a_caller_is_noted_first_and_shown_masked(agent, manager, api):
    made = api(agent).post("/api/v1/callers/", {"name": "Han Mei", "phone": "13811112222"}, format="json").json()
    assert made["phone"] == "138****2222"
    queue = TicketQueueFactory()
    sent = said(caller=made["id"], queue=queue.code)
    ticket = api(agent).post("/api/v1/tickets/", sent, format="json").json()
    assert ticket["customer"] is None and ticket["caller"] == made["id"] and ticket["clocks"]
    complaints = api(agent).get("/api/v1/complaints/").json()["results"]
    assert [each["customer"] for each in complaints] == [None]
    assert api(agent).get("/api/v1/tickets/?unknown=true").json()["results"]
    assert api(manager).get(f"/api/v1/callers/{made['id']}/").status_code == 404
    assert api(manager).post("/api/v1/tickets/", sent, format="json").status_code == 400
    assert api(UserFactory(agent=True)).get("/api/v1/callers/?phone=13811112222").json()["results"]
