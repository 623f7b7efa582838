"""The pages of the schema are drawn by scripts of our own origin, under the policy of every other page."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_docs_are_drawn_and_break_no_policy(page: Page, policy_kept: list[str]) -> None:
    """What is far below is drawn when it is scrolled to."""
    page.set_viewport_size({"width": 1280, "height": 16000})
    page.goto("/api/v1/docs/")
    expect(page.get_by_text("/api/v1/customers/{id}/timeline/")).to_be_visible(timeout=30_000)
    assert policy_kept == []
