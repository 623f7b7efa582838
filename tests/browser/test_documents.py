"""A teller records a customer's card with its picture; the number and the picture are shown for a reason; it is renewed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from crm.audit.models import Event
from crm.identity.models import User
from customers.models import Document
from tests.factories import CustomerFactory
from tests.factories.documents import CREDIT_CODE, WOMAN, DocumentFactory, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_teller_records_a_card_shows_it_for_a_reason_and_renews_it(
    page: Page, browse_as: Callable, teller: User, good: Callable, policy_kept: list[str]
) -> None:
    customer = CustomerFactory(name="王芳", branch=teller.branch)
    browse_as(teller)
    page.goto(f"/customers/{customer.pk}/?tab=documents")
    expect(page.get_by_text("No document is on file")).to_be_visible()
    good("none")
    page.get_by_text("Record a document", exact=True).click()
    page.get_by_role("link", name="Resident identity card").click()
    page.get_by_label("Number").fill(WOMAN[:-1] + "4")
    page.get_by_label("Valid until").fill(str(timezone.localdate() + timedelta(days=30)))
    page.get_by_label("Front").set_input_files({"name": "card.png", "mimeType": "image/png", "buffer": picture()})
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("alert").get_by_text("a digit is mistyped")).to_be_visible()
    good("refused")
    page.get_by_label("Number").fill(WOMAN)
    page.get_by_label("Front").set_input_files({"name": "card.png", "mimeType": "image/png", "buffer": picture()})
    page.get_by_role("button", name="Record").click()
    row = page.get_by_role("row", name="Resident identity card")
    expect(row.get_by_text("110***********8523")).to_be_visible()
    expect(row.get_by_text("ends soon")).to_be_visible()
    good("recorded")

    shown_for_a_reason(page, row)
    page.goto(f"/customers/{customer.pk}/?tab=documents")
    page.get_by_role("link", name="Renew: Resident identity card").click()
    page.get_by_label("Without end").check()
    page.get_by_role("button", name="Renew").click()
    expect(page.get_by_role("heading", name="Earlier documents")).to_be_visible()
    expect(page.get_by_role("row", name="Resident identity card").get_by_text("without end")).to_be_visible()
    good("renewed")
    assert [said for said in policy_kept if "422" not in said] == []


def shown_for_a_reason(page: Page, row: Locator) -> None:
    row.get_by_role("link", name="Show the number: Resident identity card").click()
    page.get_by_label("Why do you need it?").fill("Opening an account")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("dialog").get_by_text(WOMAN)).to_be_visible()
    page.get_by_role("button", name="Close").click()
    row.get_by_role("link", name="Resident identity card: Front").click()
    page.get_by_label("Why do you need it?").fill("Opening an account")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Show").click()
    assert opened.value.evaluate("document.images[0].naturalWidth") == 80
    assert Event.objects.get(action="document.image_shown").data["reason"] == "Opening an account"


def test_what_ended_is_a_banner_and_stands_in_the_list(
    page: Page, browse_as: Callable, manager: User, good: Callable
) -> None:
    company = CustomerFactory(name="云帆科技", company=True, manager=manager, branch=manager.branch)
    ended = timezone.localdate() - timedelta(days=3)
    DocumentFactory(customer=company, credit_code=True)
    DocumentFactory(customer=company, owner=True)
    DocumentFactory(customer=company, type=Document.Type.LICENCE, number=CREDIT_CODE, valid_until=ended)
    browse_as(manager)
    page.goto("/documents/")
    expect(page.get_by_role("row", name="Business licence").get_by_text("expired")).to_be_visible()
    good("list")
    page.get_by_role("link", name="云帆科技").click()
    expect(page.get_by_text("Business licence has expired")).to_be_visible()
    good("company")
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_text("Business licence: expired on")).to_be_visible()


def test_a_new_customer_brings_a_card(page: Page, browse_as: Callable, teller: User, good: Callable, policy_kept: list[str]) -> None:  # fmt: skip
    browse_as(teller)
    page.goto("/customers/new/")
    page.get_by_label("Name").fill("王芳")
    page.get_by_label("Number", exact=True).press_sequentially(WOMAN)
    expect(page.get_by_text("Kept as a draft")).to_be_visible()
    page.get_by_label("Without end").check()
    page.get_by_label("Front").set_input_files({"name": "card.png", "mimeType": "image/png", "buffer": picture()})
    good("new")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", name="王芳")).to_be_visible()
    document = Document.objects.get()
    assert (document.customer.name, document.number, document.images.count()) == ("王芳", WOMAN, 1)
    assert policy_kept == []
