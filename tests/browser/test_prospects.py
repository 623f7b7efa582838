"""A prospect in a browser: noted on the page of the record, looked up in the list, converted without being typed again."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Customer
from tests.factories import CustomerFactory, InteractionFactory, ProspectFactory
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


def test_a_manager_notes_a_prospect_and_makes_them_a_customer(
    page: Page, own: Story, manager: User, browse_as: BrowseAs, axe: Axe, fits: Fits, in_chinese: Callable,
    policy_kept: list[str],
) -> None:  # fmt: skip
    newcomer = CustomerFactory(name="林夕", manager=manager, branch=manager.branch, prospect=True)
    InteractionFactory(customer=newcomer, by=manager)
    browse_as(manager)
    page.goto(f"/customers/{newcomer.pk}/")
    page.get_by_role("link", name="Note where this prospect comes from").click()
    page.get_by_label("Source").select_option("referral")
    page.get_by_label("Referred by the customer").fill(own.customer.number)
    page.get_by_label("Next step", exact=True).fill("约面谈")
    page.get_by_label("Next step on").fill(str(timezone.localdate()))
    assert axe() == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("约面谈")).to_be_visible()
    assert axe() == []
    fits("customer-prospect")
    page.goto("/prospects/")
    expect(page.locator("table")).to_contain_text("约面谈")
    assert axe() == []
    fits("prospects")
    page.locator("table a.name").first.click()
    expect(page.locator("main")).to_contain_text(own.customer.name)
    assert axe() == []
    fits("prospect")
    page.get_by_role("link", name="Convert", exact=True).click()
    page.get_by_role("button", name="They are a customer").click()
    page.wait_for_url(f"**/customers/{newcomer.pk}/")
    assert Customer.objects.get(pk=newcomer.pk).status == "active"
    gone = ProspectFactory(customer=CustomerFactory(name="周远", manager=manager, branch=manager.branch, prospect=True))
    Customer.objects.filter(pk=gone.customer_id).update(status="deceased")
    in_chinese()
    for name, address in (("prospects", "/prospects/"), ("prospect", f"/prospects/{gone.pk}/")):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        assert axe() == []
        fits(f"{name}-zh")
    assert policy_kept == []
