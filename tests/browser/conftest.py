"""A signed-in browser, and axe, which finds what a keyboard or a screen reader can't use."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from crm.identity.models import User

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CELERY = [sys.executable, "-m", "celery", "-A", "crm.celery", "worker", "--pool", "solo", "--loglevel", "WARNING"]
WIDTHS = {"desk": 1280, "phone": 390}
# an answer that nobody waits for any more: htmx takes its request back and says both
TAKEN_BACK = ("htmx:afterRequest,", "htmx:sendAbort,")


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], live_server: Any) -> dict[str, Any]:
    """axe is put into the page from outside, which its policy would forbid; everything else keeps to the policy."""
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "viewport": {"width": 1280, "height": 800},
        "reduced_motion": "reduce",
        "locale": "en",
    }


@pytest.fixture
def browse_as(context: BrowserContext, live_server: Any) -> Callable[[User], None]:
    """Signs a user in without the form."""

    def sign_in(user: User) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return sign_in


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    """The violations on the page as it stands, a line each; an empty list is what we want."""

    def run() -> list[str]:
        page.wait_for_load_state()
        page.evaluate(AXE.read_text())
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]

    return run


@pytest.fixture
def policy_kept(page: Page) -> list[str]:
    """What the content security policy refused on the pages of this test, and the errors of scripts."""
    refused: list[str] = []
    page.on(
        "console",
        lambda said: (
            refused.append(said.text) if said.type == "error" and not said.text.startswith(TAKEN_BACK) else None
        ),
    )
    page.on("pageerror", lambda error: refused.append(str(error)))
    return refused


@pytest.fixture
def fits(page: Page) -> Callable[[str], None]:
    """Nothing is wider than the screen, at a desk and on a phone. CRM_SHOTS=folder keeps a picture of each."""

    def check(name: str) -> None:
        page.wait_for_load_state()
        for where, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 844 if where == "phone" else 800})
            if folder := os.environ.get("CRM_SHOTS"):
                page.screenshot(path=f"{folder}/{name}-{where}.png", animations="disabled")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} wide on {width}"
        page.set_viewport_size({"width": 1280, "height": 800})

    return check


@pytest.fixture
def good(
    axe: Callable[[], list[str]], fits: Callable[[str], None], request: pytest.FixtureRequest
) -> Callable[[str], None]:
    """The page as it stands can be used by everybody, at a desk and on a phone; its picture is named after the file."""
    kind = request.module.__name__.rpartition("test_")[2]

    def check(name: str) -> None:
        assert axe() == [], name
        fits(f"{kind}-{name}")

    return check


@pytest.fixture
def worker(app_env: dict[str, str]) -> Iterator[None]:
    """A real one, at real servers."""
    child = subprocess.Popen(CELERY, env=app_env, cwd=settings.BASE_DIR, start_new_session=True)
    yield
    os.killpg(child.pid, signal.SIGTERM)
    child.wait(timeout=30)


@pytest.fixture
def in_chinese(context: BrowserContext, live_server: Any) -> Callable[[], None]:
    """From the next page on."""

    def say() -> None:
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "zh-hans", "url": live_server.url}])

    return say
