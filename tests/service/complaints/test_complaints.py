"""The clock of the law beside a ticket: begins with it, is extended under four eyes, never pauses, and ends with the answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.approvals.inbox import count_for
from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.base.errors import RuleBroken
from crm.identity.models import Reach
from service.complaints.services import answer, ask_extension, declare
from service.models import Complaint, LegalStep, TicketMessage
from service.tickets.services import hear, move, open_ticket, reply
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 10, 2, tzinfo=UTC)
DAY = timedelta(days=1)
API = "/api/v1/complaints/"
ENDED = {"cause": "waiting", "remedies": ["apology", "training"]}


def complained(own, by, **more) -> Complaint:
    said = {"kind": "complaint", "channel": "phone", "subject": "Waited", "body": "For hours.", "impact": "high"}
    ticket = open_ticket(customer=own.customer, by=by, at=NOW, **said | more)
    return Complaint.objects.get(ticket=ticket)


@pytest.fixture
def complaint(own, teller) -> Complaint:
    return complained(own, teller)


def test_it_begins_with_the_ticket_by_the_regime_of_the_bank(complaint):
    assert (complaint.regime, complaint.received_on, complaint.due_on) == ("cn", date(2026, 2, 10), date(2026, 2, 25))
    assert [step.act for step in complaint.steps.all()] == ["received"]


def test_the_day_of_receipt_and_another_law_may_be_said(own, teller):
    found = complained(own, teller, received_on=date(2026, 2, 2), regime="uk_payments")
    assert (found.stage, found.due_on) == ("final", date(2026, 2, 23))
    for wrong in ({"received_on": date(2026, 2, 11)}, {"regime": "mars"}):
        with pytest.raises(RuleBroken):
            complained(own, teller, **wrong)


def test_a_question_has_none(own, teller):
    open_ticket(
        customer=own.customer,
        by=teller,
        at=NOW,
        kind="question",
        channel="phone",
        subject="Card",
        body="Why?",
        impact="low",
    )
    assert not Complaint.objects.exists()


def test_what_pauses_the_service_level_does_not_pause_the_law(complaint, manager):
    reply(ticket=complaint.ticket, body="Which branch?", by=manager, at=NOW, status="waiting_customer")
    hear(ticket=complaint.ticket, body="Jing'an.", by=manager, at=NOW + 10 * DAY)
    complaint.refresh_from_db()
    assert complaint.due_on == date(2026, 2, 25) and Complaint.objects.overdue(date(2026, 2, 26)).exists()


def test_an_extension_takes_an_approver_and_a_notice(complaint, manager, approver):
    said = {"by": manager, "at": NOW + DAY}
    with pytest.raises(RuleBroken, match="found to be complex"):
        ask_extension(complaint=complaint, reason="Three departments", **said)
    complaint = declare(complaint=complaint, act="complex", words="Three departments", **said)
    assert complaint.due_on == date(2026, 3, 12)
    with pytest.raises(RuleBroken, match="approved before"):
        declare(complaint=complaint, act="noticed", words="We need longer.", **said)
    with pytest.raises(RuleBroken, match="by hand"):
        declare(complaint=complaint, act="approved", words="Me", **said)
    proposal = ask_extension(complaint=complaint, reason="Three departments", **said)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=approver, at=NOW + 2 * DAY)
    complaint.refresh_from_db()
    assert complaint.due_on == date(2026, 3, 12)  # until the customer was told
    complaint = declare(complaint=complaint, act="noticed", words="We need longer.", by=manager, at=NOW + 3 * DAY)
    assert (complaint.stage, complaint.due_on) == ("extended", date(2026, 4, 11))
    assert TicketMessage.objects.filter(kind="reply", body="We need longer.").exists()


def test_nothing_extends_it_once_the_last_day_is_over(complaint, manager):
    with pytest.raises(RuleBroken, match="last day was"):
        declare(complaint=complaint, act="complex", words="Late", by=manager, at=NOW + 16 * DAY)
    with pytest.raises(RuleBroken, match="does not know"):
        declare(complaint=complaint, act="holding_reply", words="Soon", by=manager, at=NOW)


def test_it_ends_with_the_answer_alone_and_once(complaint, manager):
    for wrong in ({"cause": "weather"}, {"cause": ""}, {"remedies": []}, {"remedies": ["apology", "flowers"]}):
        with pytest.raises(RuleBroken, match="complaint ends with"):
            answer(complaint=complaint, words="We are sorry.", by=manager, at=NOW, **ENDED | wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.update(answered_on=date(2026, 2, 12))
    with pytest.raises(RuleBroken, match="final answer"):
        move(ticket=complaint.ticket, status="solved", by=manager, at=NOW)
    complaint = answer(complaint=complaint, words="We are sorry.", **ENDED, by=manager, at=NOW + DAY)
    complaint.ticket.refresh_from_db()
    assert (complaint.answered_on, complaint.ticket.status, complaint.is_late) == (date(2026, 2, 11), "solved", False)
    with pytest.raises(RuleBroken, match="answered"):
        answer(complaint=complaint, words="Again.", **ENDED, by=manager, at=NOW + DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.update(answered_on=date(2026, 2, 12))
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalStep.objects.all().delete()


def test_whom_it_is_about_neither_sees_nor_handles_nor_approves_it(own, teller, manager, approver, head):
    complaint = complained(own, teller, about=manager)
    assert not Complaint.objects.visible_to(manager).exists() and Complaint.objects.visible_to(head).exists()
    with pytest.raises(RuleBroken, match="about themselves"):
        declare(complaint=complaint, act="complex", words="Not me", by=manager, at=NOW)
    content = {"customer": own.customer.number, "complaint": complaint.pk}
    declare(complaint=complaint, act="complex", words="Many", by=head, at=NOW)
    with pytest.raises(RuleBroken, match="no such complaint"):
        propose(kind="complaint_extension", content=content, title="More", reason="Time", by=manager)
    judge = UserFactory(approver=True)
    second = complained(own, teller, about=judge)
    second = declare(complaint=second, act="complex", words="Many", by=head, at=NOW)
    proposal = ask_extension(complaint=second, reason="Time", by=head, at=NOW)
    with pytest.raises(RuleBroken, match="about themselves"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=judge, at=NOW)
    assert not second.steps.filter(act="approved").exists()


def test_whom_it_is_about_never_learns_that_an_extension_is_asked_for(own, teller, head, approver, signed_in, api):
    complaint = complained(own, teller, about=approver)
    complaint = declare(complaint=complaint, act="complex", words="Many", by=head, at=NOW)
    other = UserFactory(approver=True)
    proposal = ask_extension(complaint=complaint, reason="Time", by=head, at=timezone.now())
    assert not approver.notifications.exists() and other.notifications.exists()
    assert not Reach.objects.filter(user=approver).exists()
    browser = signed_in(approver)
    for page in ("/", "/proposals/", "/proposals/all/", f"/proposals/{proposal.pk}/"):
        assert complaint.ticket.number_said not in browser.get(page).text
    assert browser.get(f"/proposals/{proposal.pk}/").status_code == 404
    assert api(approver).get("/api/v1/proposals/").json()["results"] == []
    assert count_for(approver, at=timezone.now()) == 0 and count_for(other, at=timezone.now()) == 1
    assert complaint.ticket.number_said in signed_in(other).get("/proposals/").text


def test_on_pages_it_is_said_extended_and_answered(own, teller, manager, signed_in, queries):
    complaint = complained(own, teller)
    browser, url = signed_in(manager), f"/complaints/{complaint.pk}/"
    assert "Clock of the law" in browser.get(f"/tickets/{complaint.ticket_id}/").text
    browser.get(url)
    with queries("complaint"):
        assert "Answer, complex" in browser.get(url).text
    with queries("complaints"):
        assert "Waited" in browser.get("/complaints/").text
    late = browser.post(f"{url}declare/", {"version": complaint.version, "act": "complex", "words": "Many"})
    assert late.status_code == 422 and "last day was" in late.text
    browser.post(f"{url}answer/", ENDED | {"version": complaint.version, "words": "We are sorry."})
    complaint.refresh_from_db()
    assert complaint.answered_on is not None and "Waited" not in browser.get("/complaints/").text
    assert "Waited" in browser.get("/complaints/?which=all").text


def test_over_rest_it_is_answered_by_who_read_it(own, teller, manager, api):
    complaint, client = complained(own, teller), api(manager)
    assert client.get(f"{API}?regime=cn").json()["results"][0]["due_on"] == "2026-02-25"
    stale = client.post(f"{API}{complaint.pk}/answer/", ENDED | {"words": "Sorry.", "version": 9}, format="json")
    assert stale.status_code == 409, stale.json()
    done = client.post(f"{API}{complaint.pk}/answer/", ENDED | {"words": "Sorry.", "version": 1}, format="json")
    assert done.status_code == 200 and [step["act"] for step in done.json()["steps"]] == ["received", "answered"]
    assert Proposal.objects.count() == 0
