"""While a ticket is typed an article answers it; on the ticket its text goes into the reply by keyboard, beside what was typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from service.models import Article
from tests.factories import CustomerFactory
from tests.factories.knowledge import proposed, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_article_answers_a_ticket(page: Page, browse_as: Callable, good: Callable, agent, manager) -> None:
    customer = CustomerFactory(name="张伟", manager=manager, branch=manager.branch)
    browse_as(agent)
    page.goto("/articles/")
    good("empty")
    published(agent, body_zh="请先开通境外**磁条**交易。\n\n| 步骤 | 时限 |\n|---|---|\n| 开通 | 即时 |")
    page.goto(f"/customers/{customer.pk}/ticket/")
    page.get_by_label("Subject").press_sequentially("境外取现失败")
    page.get_by_text("境外自动取款机取现").click()
    expect(page.get_by_text("请先开通境外")).to_be_visible()
    good("typed")
    page.get_by_label("What the customer says").fill("三次都失败")
    page.get_by_role("button", name="Open the ticket").click()
    page.get_by_label("Text").first.fill("您好，")
    page.get_by_role("link", name="Into the reply").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text").first).to_have_value(
        "您好，请先开通境外**磁条**交易。\n\n| 步骤 | 时限 |\n|---|---|\n| 开通 | 即时 |"
    )
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_text("Answered by")).to_be_visible()
    good("ticket")


def test_it_is_read_rated_and_written_anew(page: Page, browse_as: Callable, good: Callable, agent, approver) -> None:
    published(agent, approver, body_en="# Steps\n\n1. Unlock the **strip**.\n2. Try again.")
    article: Article = published(
        agent, approver, body_en="# Steps\n\n1. Unlock the **strip**.\n2. Wait a minute.\n3. Try again."
    )
    browse_as(agent)
    page.goto("/articles/")
    good("list")
    page.get_by_text("Cash from machines abroad").click()
    page.get_by_label("Did it help?").fill("Which fee?")
    page.get_by_role("button", name="It did not help").click()
    expect(page.get_by_text("You said that this version did not help.")).to_be_visible()
    good("article")
    page.get_by_role("link", name="Version 2").click()
    expect(page.get_by_text("2. Wait a minute.")).to_be_visible()
    good("version")
    page.goto(f"/articles/{article.pk}/")
    page.get_by_role("link", name="Still right").click()
    expect(page.get_by_label("Review by")).to_be_visible()
    good("confirm")
    page.goto(f"/articles/{article.pk}/change/")
    good("change")
    page.goto("/articles/use/")
    good("use")
    waiting = proposed(agent, body_en="# Steps\n\n1. Ask the manager.")
    browse_as(approver)
    page.goto(f"/proposals/{waiting.pk}/")
    good("proposal")
