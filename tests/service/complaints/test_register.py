"""The register for the regulator: sums that add up to what they list, and an export that is safe."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from crm.approvals.services import approve
from service.complaints.compensating import ask_compensation
from tests.factories import ComplaintFactory, FeeChargeFactory, TicketFactory, TierPeriodFactory
from tests.service.complaints.test_complaints import ENDED

pytestmark = pytest.mark.django_db
URL = "/complaints/register/"


@pytest.fixture
def complaints(own):
    """Answered in time and late, open in time and over the last day."""
    today, day = timezone.localdate(), timedelta(days=1)
    received = today - 20 * day
    said = {"received_on": received, "due_on": received + 15 * day}
    made = [said | ENDED | {"answered_on": received + 3 * day}, said | ENDED | {"answered_on": today}, {}, said]
    return [ComplaintFactory(ticket=TicketFactory(customer=own.customer, kind="complaint"), **each) for each in made]


def test_the_sums_add_up_to_what_they_list(complaints, head, signed_in, queries):
    browser = signed_in(head)
    browser.get(URL)
    with queries("complaint register"):
        page = browser.get(URL)
    figures = page.context["figures"]
    assert [count for _state, _label, count in figures] == [1, 1, 1, 1] and page.context["total"] == 4
    for (state, _label, count), complaint in zip(figures, complaints, strict=True):
        listed = browser.get(f"{URL}?state={state}")
        assert listed.context["total"] == count and complaint.ticket.number_said in listed.text
    assert "Long wait" in page.text


def test_what_was_given_back_is_what_the_ledger_says(own, complaints, manager, approver, head, signed_in):
    TierPeriodFactory(customer=own.customer)
    charge = FeeChargeFactory(account=own.account, amount=Decimal("30.00"))
    for amount in ("5.00", "2.50"):
        charge.refresh_from_db()
        proposal = ask_compensation(
            complaint=complaints[0], charge=charge, amount=Decimal(amount), reason="Twice", by=manager, at=timezone.now()
        )  # fmt: skip
        approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    page = signed_in(head).get(URL)
    assert [each["sum"] for each in page.context["paid"]] == [Decimal("7.50")] and "7.50" in page.text
    assert signed_in(head).get(f"{URL}?state=open").context["paid"] == []


def test_it_is_exported_without_formulas(own, complaints, head, signed_in):
    own.customer.number = "=1+1"
    own.customer.save(update_fields=["number"])
    text = b"".join(signed_in(head).get(f"{URL}?export=csv").streaming_content).decode()
    assert len(text.strip().splitlines()) == 5 and "'=1+1" in text and ",=1+1" not in text
    answer = signed_in(head).get(f"{URL}?export=xlsx&state=late")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert load_workbook(BytesIO(content)).active.max_row == 2


def test_it_leaves_out_what_is_about_who_looks(own, complaints, head, signed_in):
    ComplaintFactory(ticket=TicketFactory(customer=own.customer, kind="complaint", about=head))
    page = signed_in(head).get(URL)
    assert page.context["total"] == 4 and len(page.context["table"].data) == 4
