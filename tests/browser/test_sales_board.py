"""The board with a mouse, with keys alone, and without JavaScript; and the forecast."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from managers.models import Opportunity
from tests.factories import CustomerFactory, OpportunityFactory, ProductFactory, RiskAssessmentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = timezone.localdate() + timedelta(days=60)


@pytest.fixture
def sale(manager) -> Opportunity:
    customer = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    RiskAssessmentFactory(customer=customer, assessed_on=timezone.localdate())
    fund = ProductFactory(code="wealth", name="稳健理财 Steady wealth", risk=2)
    OpportunityFactory.create_batch(
        23, customer=customer, stage="qualified", amount=Decimal("50000"), close_on=LATER, next_step="Call again"
    )
    equity = ProductFactory(code="equity", name="股票基金 Equity fund", risk=5)
    OpportunityFactory(customer=customer, product=equity, close_on=timezone.localdate() - timedelta(days=4))
    return OpportunityFactory(customer=customer, product=fund, close_on=LATER)


def column(page: Page, stage: str) -> Locator:
    return page.locator(f'[data-stage="{stage}"]')


def test_a_card_is_dragged_and_one_that_may_not_move_is_put_back(
    page: Page, browse_as: Callable, good: Callable, policy_kept: list[str], sale: Opportunity, manager
) -> None:
    browse_as(manager)
    page.goto("/pipeline/board/")
    good("board")
    column(page, "new").locator("li", has_text="Steady wealth").drag_to(column(page, "proposed"))
    expect(page.get_by_text("moved to Proposed")).to_be_visible()
    expect(column(page, "proposed").get_by_text("Steady wealth")).to_be_visible()

    column(page, "new").locator("li", has_text="Equity fund").drag_to(column(page, "negotiating"))
    expect(page.get_by_role("alert")).to_contain_text("risk R5 is above C3")
    expect(column(page, "new").get_by_text("Equity fund")).to_be_visible()
    good("refused")
    column(page, "qualified").get_by_role("link", name="More of “Qualified”").click()
    expect(column(page, "qualified").locator("li.board-card")).to_have_count(23)
    page.goto("/pipeline/forecast/")
    good("forecast")
    assert policy_kept == []


def test_a_card_moves_by_keys_alone(
    page: Page, browse_as: Callable, good: Callable, sale: Opportunity, manager
) -> None:
    browse_as(manager)
    page.goto("/pipeline/board/")
    menu = column(page, "new").locator("li", has_text="Steady wealth").locator("summary")
    menu.focus()
    page.keyboard.press("Enter")
    good("menu")
    menu.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(column(page, "qualified").get_by_text("Steady wealth")).to_have_count(0)  # it stands on the next page
    expect(page.get_by_text("moved to Qualified")).to_be_visible()
    sale.refresh_from_db()
    assert sale.stage == "qualified"


def test_a_card_moves_without_javascript(browser: Browser, context: BrowserContext, browse_as: Callable, live_server, sale: Opportunity, manager) -> None:  # fmt: skip
    browse_as(manager)
    plain = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto("/pipeline/board/")
    card = column(page, "new").locator("li", has_text="Steady wealth")
    card.locator("summary").click()
    card.get_by_role("button", name="Proposed").click()
    expect(page.get_by_text("moved to Proposed")).to_be_visible()
    expect(column(page, "proposed").get_by_text("Steady wealth")).to_be_visible()
    plain.close()
