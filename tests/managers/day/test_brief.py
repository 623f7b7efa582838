"""The brief before a meeting: what the reader may know, on a page, over REST and as a PDF."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from managers.day.brief import brief_of
from tests.factories import (
    DueContactFactory,
    FlagFactory,
    HouseholdMemberFactory,
    LifeEventFactory,
    OpportunityFactory,
    PreferenceFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(own, other):
    customer = own.customer
    TaskFactory(customer=customer)
    OpportunityFactory(customer=customer)
    DueContactFactory(customer=customer)
    FlagFactory(customer=customer)
    PreferenceFactory(customer=customer, kind="diet", value="halal")
    LifeEventFactory(customer=customer, on=timezone.localdate(), through=timezone.localdate())
    household = HouseholdMemberFactory(customer=customer, since=date(2026, 1, 1)).household
    HouseholdMemberFactory(household=household, customer=other.customer, since=date(2026, 1, 1))
    return customer


def said(brief) -> str:
    return "\n".join(line for section in brief.sections for line in section.lines)


def test_it_tells_what_is_known_and_of_others_no_name(known, manager, other):
    text = said(brief_of(known, manager, at=timezone.now()))
    for part in (
        "Asked about a term deposit",
        "The core did not refund",
        "Opportunity:",
        "Contact due on",
        "Mind:",
        "Halal",
    ):
        assert part in text, part
    assert "Somebody out of reach" in text and other.customer.name not in text


def test_who_may_not_read_something_is_not_told_it(known, teller):
    text = said(brief_of(known, teller, at=timezone.now()))
    assert "The core did not refund" not in text and "Opportunity:" not in text and "Asked about a term deposit" in text


def test_it_is_a_page_at_one_price_and_a_pdf(known, manager, signed_in, queries):
    client = signed_in(manager)
    with queries("brief"):
        page = client.get(f"/customers/{known.pk}/brief/").content.decode()
    assert "Recent contacts" in page and "brief.pdf" in page
    paper = client.get(f"/customers/{known.pk}/brief.pdf")
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(paper.content)).pages)
    assert (
        paper.headers["Content-Type"] == "application/pdf"
        and known.name in text
        and "Asked about a term deposit" in text
    )


def test_rest_tells_the_same(known, manager, api):
    found = api(manager).get(f"/api/v1/customers/{known.pk}/brief/").json()
    assert found["number"] == known.number and "Recent contacts" in [each["title"] for each in found["sections"]]
