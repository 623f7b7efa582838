"""Upload a file with bad rows, in a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crm.identity.models import User
from customers import tasks
from tests.factories import AccountFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def file(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two of its three rows are bad. Uploads are kept apart, and no worker hears the bell."""
    backend = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path / "kept")}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    monkeypatch.setattr(tasks, "ring", lambda run_id: None)
    AccountFactory(number="A1")
    file = tmp_path / "balances.csv"
    file.write_text("account,date,balance\nA1,2024-03-01,100.50\nA1,2024-02-30,1\nNOBODY99,2024-03-01,1\n")
    return file


def test_a_file_with_bad_rows_is_looked_at_taken_in_and_explained(
    page: Page,
    admin: User,
    file: Path,
    browse_as: Callable[[User], None],
    axe: Callable[[], list[str]],
    fits: Callable[[str], None],
    policy_kept: list[str],
) -> None:
    browse_as(admin)

    page.goto("/imports/")
    expect(page.get_by_text("Nothing has come in yet")).to_be_visible()
    page.get_by_role("link", name="Upload").first.click()
    expect(page.get_by_label("File")).to_be_visible()
    assert axe() == []
    fits("import-upload")
    page.get_by_label("What is in it").select_option("balances")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()

    expect(page.get_by_role("heading", name="Balances: the first rows")).to_be_visible()
    expect(page.get_by_text("****DY99")).to_be_visible()
    assert axe() == []
    fits("import-preview")
    page.get_by_role("button", name="Take it in").click()

    expect(page.locator("[data-status=queued]")).to_be_visible()
    tasks.look()
    expect(page.locator("[data-status=completed_with_errors]")).to_be_visible()
    page.get_by_role("link", name="See what was wrong").click()
    expect(page.get_by_text("unknown_account")).to_be_visible()
    expect(page.get_by_role("link", name="Error file")).to_be_visible()
    assert axe() == []
    fits("import-errors")
    assert policy_kept == []
