"""An auditor reads who looked outside the own book, and at whom."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.audit import services as audit
from crm.audit.models import Event
from crm.identity.models import User
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_auditor_reads_who_looked_outside_the_own_book(
    page: Page, browse_as: Callable, manager: User, manager2: User, auditor: User, good: Callable
) -> None:
    for name in ("李娜", "王芳"):
        customer = CustomerFactory(name=name, manager=manager2, branch=manager2.branch)
        audit.record("customer.read", customer, by=manager, kind=Event.Kind.READ, customer_id=customer.pk)
    browse_as(auditor)
    page.goto("/looks/")
    expect(page.get_by_role("row").filter(has_text=str(manager)).get_by_role("cell", name="2").first).to_be_visible()
    good("report")
    page.get_by_role("link", name=str(manager), exact=True).click()
    expect(page.get_by_role("link", name="李娜")).to_be_visible()
    good("person")
