"""A customer's request survives a core that is down; the admin keeps the forms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from service.models import CoreMessage, ServiceRequest
from service.outbox.handing import hand_over
from service.outbox.services import take_answer
from tests.core import core

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_in(page: Page, account: str) -> None:
    page.get_by_label("Account*", exact=True).select_option(account)
    page.get_by_label("Amount*", exact=True).fill("12500.00")
    page.get_by_label("Currency: Amount").select_option("USD")
    page.get_by_label("Payee*", exact=True).fill("University of Leeds")
    page.get_by_label("Account of the payee").fill("GB29NWBK60161331926819")
    page.get_by_label("Bank of the payee").fill("NWBKGB2L")
    page.get_by_label("Purpose").fill("学费")
    page.get_by_label("Charges").select_option("Shared")


def authorised_while_down(page: Page, address: str, good: Callable, settings: Any) -> None:
    """And executed once the core is there again."""
    with core(settings) as receiver:
        settings.CRM_CORE_URL, url = "http://127.0.0.1:9/", settings.CRM_CORE_URL
        page.goto(address)
        page.get_by_role("link", name="Authorise").click()
        page.get_by_role("button", name="Authorise").click()
        expect(page.get_by_text("Authorised. It goes")).to_be_visible()
        hand_over(at=timezone.now())
        page.goto(address)
        expect(page.get_by_text("no answer")).to_be_visible()
        expect(page.get_by_text("next attempt")).to_be_visible()
        good("down")
        settings.CRM_CORE_URL = url
        hand_over(at=timezone.now() + timedelta(minutes=1))
        message = CoreMessage.objects.get()
        take_answer(key=message.key, state="executed", reference="FX-2026-118", reason="", at=timezone.now())
        assert list(receiver.done) == [str(message.key)]


def test_a_request_survives_a_receiver_that_is_down(
    page: Page, browse_as: Callable, good: Callable, settings: Any, own, teller, head
) -> None:
    own.customer.branch = teller.branch
    own.customer.save()
    browse_as(teller)
    page.goto("/service-requests/")
    good("empty")
    page.goto(f"/customers/{own.customer.pk}/request/")
    good("choose")
    page.get_by_role("link", name="Cross-border remittance").click()
    fill_in(page, own.account.number)
    page.get_by_label("Number of the id document").fill("110101199003070000")
    page.get_by_role("button", name="Request", exact=True).click()
    expect(page.get_by_text("no number of an id document").first).to_be_visible()
    expect(page.get_by_label("Payee*", exact=True)).to_have_value("University of Leeds")
    good("refused")
    page.get_by_label("Number of the id document").fill(own.customer.contact.national_id)
    page.get_by_role("button", name="Request", exact=True).click()
    expect(page.get_by_text("Somebody else authorises it").first).to_be_visible()
    address = page.url

    browse_as(head)
    authorised_while_down(page, address, good, settings)
    page.goto(address)
    expect(page.get_by_text("FX-2026-118")).to_be_visible()
    good("executed")
    page.goto("/service-requests/?which=all")
    expect(page.get_by_text(str(ServiceRequest.objects.get()))).to_be_visible()
    good("list")


def test_an_admin_keeps_the_forms(page: Page, browse_as: Callable, good: Callable, admin) -> None:
    browse_as(admin)
    page.goto("/request-forms/")
    good("catalogue")
    page.get_by_role("link", name="Fund order").click()
    good("form")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_label("Same day until").fill("late")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("alert").get_by_text("a time of day")).to_be_visible()
    good("propose")
    page.get_by_label("Same day until").fill("14:00")
    page.get_by_label("Reason").fill("The market closes earlier")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Proposed. Somebody else approves it.")).to_be_visible()
    good("proposal")
