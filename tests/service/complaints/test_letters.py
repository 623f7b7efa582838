"""Letters to who complains: in both languages, from the template in force, kept as they were sent, and printed."""

from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from crm.base.errors import RuleBroken
from service.complaints.letters import acknowledge, paper_of
from service.complaints.services import answer, declare
from service.complaints.versions import STANDARD
from service.models import ComplaintLetter, TicketMessage
from tests.factories import ComplaintRulesFactory
from tests.service.complaints.test_complaints import DAY, ENDED, NOW, complained

pytestmark = pytest.mark.django_db


def printed(sent: ComplaintLetter) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(paper_of(sent))).pages)


def test_an_acknowledgement_says_what_was_received_and_by_when_it_is_answered(own, teller):
    complaint = complained(own, teller, subject="Waited {braces}")
    sent = acknowledge(complaint=complaint, by=teller, at=NOW)
    name = own.customer.name
    assert sent.body.startswith(f"Dear {name},\n\nyour complaint “Waited {{braces}}” of 10 Feb 2026 has reached us.")
    assert "by 25 Feb 2026" in sent.body and "\n\n\n" not in sent.body
    assert TicketMessage.objects.filter(kind="reply", body=sent.body).exists()
    assert "25 Feb 2026" in printed(sent)
    with pytest.raises(RuleBroken, match="sent already"):
        acknowledge(complaint=complaint, by=teller, at=NOW)


def test_it_is_written_in_the_customers_language_or_the_one_that_is_asked_for(own, teller, manager):
    own.customer.language = "zh-CN"
    own.customer.save(update_fields=["language"])
    complaint = complained(own, teller)
    assert acknowledge(complaint=complaint, by=teller, at=NOW).body.startswith("尊敬的")
    answer(complaint=complaint, words="We are sorry.", language="en", by=manager, at=NOW, **ENDED)
    final = complaint.letters.get(kind="final")
    assert final.body.startswith("Dear ") and "We are sorry." in final.body and "a review" in final.body
    assert "受理通知" in printed(complaint.letters.get(kind="acknowledgement"))


def test_what_is_said_to_the_customer_is_a_letter_each(own, teller, manager):
    complaint = complained(own, teller, regime="us")
    declare(complaint=complaint, act="holding_reply", words="Two weeks more.", by=manager, at=NOW)
    assert "Two weeks more." in complaint.letters.get().body and complaint.letters.get().kind == "holding"


def test_a_letter_stays_as_it_was_sent(own, teller):
    sent = acknowledge(complaint=complained(own, teller), by=teller, at=NOW)
    other = [STANDARD["letters"][0] | {"body": "Hello {customer}."}, *STANDARD["letters"][1:]]
    ComplaintRulesFactory(content=STANDARD | {"letters": other})
    second = acknowledge(complaint=complained(own, teller), by=teller, at=NOW + DAY)
    assert second.body == f"Hello {own.customer.name}."
    assert ComplaintLetter.objects.get(pk=sent.pk).body == sent.body
    with pytest.raises(DatabaseError), transaction.atomic():
        ComplaintLetter.objects.update(body="Nothing")


def test_whom_it_is_about_neither_writes_nor_reads_a_letter(own, teller, manager, head, signed_in):
    complaint = complained(own, teller, about=manager)
    with pytest.raises(RuleBroken, match="about themselves"):
        acknowledge(complaint=complaint, by=manager, at=NOW)
    sent = acknowledge(complaint=complaint, by=head, at=NOW)
    page = f"/complaints/{complaint.pk}/letters/{sent.pk}/"
    assert signed_in(manager).get(page).status_code == 404
    assert signed_in(head).get(page).headers["Content-Type"] == "application/pdf"


def test_on_the_page_it_is_sent_and_listed(own, teller, manager, signed_in):
    complaint = complained(own, teller)
    browser, url = signed_in(manager), f"/complaints/{complaint.pk}/"
    assert "Acknowledge" in browser.get(url).text
    browser.post(f"{url}acknowledge/", {"words": "Thank you.", "language": "zh-hans"})
    page = browser.get(url).text
    assert "投诉受理通知" in page and "/acknowledge/" not in page
