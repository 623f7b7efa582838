"""Resource requests and targets in a browser: asked by a manager, granted by a head, kept as the nights find it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers.models import Product
from managers.models import ConditionCheck, ResourceRequest
from tests.factories import OpportunityFactory, ResourceRequestFactory, TargetFactory
from tests.managers.requests.conftest import large_cd, loan, terms  # noqa: F401  fixtures
from tests.people import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BrowseAs = Callable[[User], None]
Axe = Callable[[], list[str]]
Fits = Callable[[str], None]


def test_a_manager_asks_for_a_rate_and_a_head_grants_it(
    page: Page, own: Story, manager: User, head: User, large_cd: Product, terms: Callable[..., object],  # noqa: F811
    browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str],
) -> None:  # fmt: skip
    terms()
    browse_as(manager)
    page.goto("/resource-requests/")
    page.get_by_role("link", name="Ask for a resource").first.click()
    page.get_by_role("textbox", name="Customer").fill(own.customer.number)
    page.get_by_label("Product").select_option(label="Large certificate")
    page.get_by_label("Amount").fill("1000000")
    page.get_by_label("Price in percent").fill("1.85")
    page.get_by_label("Valid until").fill(str(timezone.localdate() + timedelta(90)))
    page.get_by_label("Month average of at least").fill("500000")
    page.get_by_label("Reason").fill("他行报价更高")
    assert axe() == []
    fits("request-form")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main")).to_contain_text("Waits for the head")
    request = ResourceRequest.objects.get()
    browse_as(head)
    page.goto(f"/resource-requests/{request.pk}/")
    page.get_by_role("link", name="Grant", exact=True).click()
    page.get_by_role("button", name="Grant", exact=True).click()
    expect(page.locator("main")).to_contain_text("Granted")
    told = {"figure": Decimal("480000.00"), "is_kept": False, "checked_at": timezone.now()}
    ConditionCheck.objects.create(condition=request.conditions.get(), on=timezone.localdate(), **told)
    page.reload()
    expect(page.locator("main")).to_contain_text("not kept")
    assert axe() == []
    fits("request")
    for name, path in {"requests": "", "request-kept": "kept/"}.items():
        page.goto(f"/resource-requests/{path}")
        assert axe() == []
        fits(name)
    page.goto("/resource-terms/")
    assert axe() == []
    fits("terms")
    assert policy_kept == []


def test_in_chinese_a_grant_is_renewed(
    page: Page, own: Story, head: User, large_cd: Product, terms: Callable[..., object],  # noqa: F811
    browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str],
) -> None:  # fmt: skip
    terms()
    request = ResourceRequestFactory(customer=own.customer, product=large_cd, granted=True)
    browse_as(head)
    page.goto("/resource-requests/")
    page.locator(".top-user").click()
    page.get_by_role("button", name="简体中文").click()
    one = f"resource-requests/{request.pk}/"
    for place, path in enumerate(
        (one, f"resource-requests/new/?replaces={request.pk}", "resource-requests/", "resource-terms/")
    ):
        page.goto(f"/{path}")
        assert axe() == []
        fits(f"requests-zh{place}")
    assert policy_kept == []


def test_a_target_shows_how_far_it_is_reached_and_what_counts(
    page: Page, own: Story, manager: User, head: User, browse_as: BrowseAs, axe: Axe, fits: Fits, policy_kept: list[str]
) -> None:
    target = TargetFactory(manager=manager, kind="won_amount", currency="CNY", amount=Decimal(400_000))
    OpportunityFactory(
        customer=own.customer, owner=manager, won=True, closed_at=timezone.now(), amount=Decimal(100_000)
    )
    browse_as(head)
    page.goto("/targets/")
    expect(page.locator("table")).to_contain_text("25.0 %")
    assert axe() == []
    fits("targets")
    page.goto(f"/targets/{target.pk}/")
    expect(page.locator("main")).to_contain_text(own.customer.name)
    assert axe() == []
    fits("target")
    page.goto("/targets/new/")
    assert axe() == []
    fits("target-form")
    page.locator(".top-user").click()
    page.get_by_role("button", name="简体中文").click()
    for place, path in enumerate((f"targets/{target.pk}/", "targets/")):
        page.goto(f"/{path}")
        assert axe() == []
        fits(f"targets-zh{place}")
    assert policy_kept == []
