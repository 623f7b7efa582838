"""What people of the demo bank did since its nights ran."""

from datetime import date, timedelta

import pytest

from crm.approvals.models import Proposal
from crm.base.days import midnight
from crm.management.demo.mornings import tell
from crm.nightly.night import run_night
from segmentation.ledger import first_wrong
from segmentation.models import EntitlementOverride, EntitlementUse, GoldCard, Posting, WaiverEntry
from service.boards.figures import Span
from service.boards.report import board
from service.models import Booking, QueueNumber, Ticket
from tests.demo.test_demo_data import demo

pytestmark = pytest.mark.django_db
LAST = date(2026, 3, 22)


@pytest.fixture
def bank(monkeypatch):
    monkeypatch.setenv("CRM_DEMO_PASSWORD", "a quiet river at dawn")
    demo(customers=60)
    for day in (date(2026, 2, 28), date(2026, 3, 15), LAST):
        run_night(day=day)


def test_refunds_left_for_the_core_and_a_waiver_by_hand_was_granted_and_another_waits_told_once(bank):
    tell(say=lambda _line: None)

    assert "posted" in {posting.state for posting in Posting.objects.all()}
    nights = WaiverEntry.objects.exclude(run=None)
    assert nights.exists() and Posting.objects.count() == nights.count()
    by_hand = WaiverEntry.objects.get(run=None)
    assert by_hand.proposal.maker.username == "manager" and 0 < by_hand.waived < by_hand.charge.amount
    assert Proposal.objects.filter(kind="manual_waiver", status=Proposal.Status.OPEN).count() == 1
    assert first_wrong() == ""

    before = WaiverEntry.objects.count()
    said: list[str] = []
    tell(say=said.append)
    assert (said, WaiverEntry.objects.count()) == ([], before)


def test_benefits_were_used_within_their_quota_and_an_exception_waits(bank):
    tell(say=lambda _line: None)

    uses = EntitlementUse.objects.all()
    assert uses.filter(counts=1).exists() and uses.filter(counts=-1).count() <= 1
    assert GoldCard.objects.open().exclude(state="withdrawn").exists()
    assert EntitlementOverride.objects.count() == 1
    assert Proposal.objects.filter(kind="entitlement_override", status=Proposal.Status.OPEN).count() == 1


def test_in_the_hall_of_a_branch_some_were_served_and_some_wait(bank):
    tell(say=lambda _line: None)

    numbers = QueueNumber.objects.all()
    assert {number.state for number in numbers} >= {"waiting", "served", "no_show", "serving"}
    assert numbers.filter(weight__gt=0).exists() and numbers.filter(customer=None).exists()
    assert Booking.objects.filter(state="arrived").exists()


def test_most_tickets_were_in_time_and_what_is_open_has_time_left(bank):
    tell(say=lambda _line: None)

    at = midnight(LAST + timedelta(days=1))
    found = board(Ticket.objects.all(), "kind", Span(LAST - timedelta(days=29), LAST, at))
    assert found.total["solved"] >= 20 and 0 < found.total["breached"] < found.total["solved"] / 2
    assert found.total["first_contact"] > found.total["solved"] / 2 and found.total["reopened"]
    assert 1 <= Ticket.objects.overdue(at).count() <= 3 and Ticket.objects.overdue(at + timedelta(days=1)).count() <= 5
    assert Ticket.objects.open().count() >= 6 and Ticket.objects.filter(status="closed").exists()
