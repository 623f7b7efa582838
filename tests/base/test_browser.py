import pytest
from playwright.sync_api import Page, expect


@pytest.mark.browser
def test_the_browser_of_the_tests_renders_chinese(page: Page) -> None:
    page.set_content("<h1>贵宾</h1>")
    expect(page.get_by_role("heading", name="贵宾")).to_be_visible()
