"""An admin starts a night, leaves the page and watches it end; nothing else is needed than a worker."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.identity.models import User
from crm.jobs.models import Run
from tests.segmentation.night.bank import close_feeds, customer_with, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def due(db: None) -> None:
    """One business date is due: yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    policy(("mass", None, 0), ("gold", "1000", 3))
    customer_with({yesterday: "5000"})
    close_feeds(yesterday)


def test_admin_starts_a_night_and_watches_it_end(
    page: Page,
    admin: User,
    due: None,
    browse_as: Callable[[User], None],
    request: pytest.FixtureRequest,
    axe: Callable[[], list[str]],
    fits: Callable[[str], None],
    policy_kept: list[str],
) -> None:
    browse_as(admin)
    page.goto("/runs/")
    expect(page.get_by_text("No night has run yet")).to_be_visible()
    assert axe() == []

    page.get_by_role("button", name="Start the night").click()
    expect(page.get_by_text("You can leave this page")).to_be_visible()
    fits("run-under-way")
    assert axe() == []

    page.goto("/runs/")
    page.get_by_role("button", name="Start the night").click()
    expect(page.get_by_text("under way already")).to_be_visible()

    request.getfixturevalue("worker")
    expect(page.locator("#progress")).to_contain_text("Completed", timeout=60_000)
    assert Run.objects.get(kind=Run.Kind.NIGHT).status == Run.Status.COMPLETED
    page.reload()
    assert axe() == []
    fits("run-ended")

    page.goto("/runs/")
    fits("runs")
    assert policy_kept == []
