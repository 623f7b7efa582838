"""How customers behave: on the page of one, and as a matrix from whose cells a segment is begun."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from segmentation.models import Quintiles
from tests.factories import CustomerFactory
from tests.factories.behaviour import tell_behaviour
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = date(2026, 2, 1)


@pytest.fixture
def book(own: Story, manager) -> Story:
    bounds = {"recency": [-30, -20, -10, -3], "frequency": [1, 2, 3, 4], "turnover": [1, 10, 100, 1000]}
    Quintiles.objects.create(month=MONTH, kind="person", **bounds)
    tell_behaviour(own.customer, main_channel="app", digital_share=75, slope_3_months=-200, life_stage="family")
    for _ in range(6):
        tell_behaviour(CustomerFactory(manager=manager, branch=manager.branch))
    return own


def test_a_manager_reads_how_a_customer_behaves(
    page: Page, browse_as: Callable, manager, book: Story, good: Callable, policy_kept: list
) -> None:
    browse_as(manager)
    page.goto(f"/customers/{book.customer.pk}/?tab=behaviour")
    expect(page.get_by_text("top fifth").first).to_be_visible()
    good("customer")
    page.goto("/rfm/")
    good("rfm-manager")
    assert policy_kept == []


def test_an_admin_begins_a_segment_from_a_cell(
    page: Page, browse_as: Callable, admin, book: Story, good: Callable, policy_kept: list
) -> None:
    browse_as(admin)
    page.goto("/rfm/")
    good("rfm")
    page.locator(".rfm td a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("egment")
    good("rfm-segment")
    assert policy_kept == []
