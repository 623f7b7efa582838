"""Fixtures that every test may ask for. People and things of the bank come from plugins of their own."""

import os
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from segmentation.night import facts, months
from tests.emptying import empty_after_tests_that_commit, filled
from tests.servers_plugin import servers_folder
from tests.template import migrated

settings.register_profile("default", max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("drill", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("default")

# those of most tests: to make their partitions anew in each test costs as much as three nights
MONTHS = [date(2026, number, 1) for number in range(1, 8)]
pytest_plugins = ["tests.files", "tests.garbage", "tests.people", "tests.properties", "tests.queries", "tests.world"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: from the first of them on, Playwright's event loop runs in the main thread."""
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Test databases are copies of one that is migrated already; what is to migrate since is migrated as ever."""
    template = migrated(os.environ["DATABASE_URL"], servers_folder())
    connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        empty_after_tests_that_commit(kept=filled())
        for month in MONTHS:
            facts.make_room(month)
            months.make_room(str(month))


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """Look-ups per hour and the like start from nothing."""
    yield
    for name in caches.settings:
        caches[name].clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A request in Chinese leaves its language to the thread; the next test begins in English."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture
def as_app_role(db: None) -> Iterator[None]:
    """The rest of the test runs as crm_app, the role that serves, with its grants and no more."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE crm_app")
    yield
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.fixture
def app_env(transactional_db: None) -> dict[str, str]:
    """The environment of a program that works on this test's database as crm_app."""
    name = connection.settings_dict["NAME"]
    app = urlsplit(os.environ["CRM_TEST_APP_URL"])._replace(path=f"/{name}").geturl()
    owner = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {**os.environ, "DATABASE_URL": app, "DATABASE_OWNER_URL": owner}


@pytest.fixture(scope="session")
def live_server(live_server: LiveServer) -> Iterator[LiveServer]:
    """Serves pages as crm_app, like the real one; the test itself stays the owner."""

    def narrow(connection: BaseDatabaseWrapper, **_: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE crm_app")

    connection_created.connect(narrow)
    yield live_server
    connection_created.disconnect(narrow)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, best the one without a screen: a fourth faster. Absent, browser tests skip and say so, or fail
    where CRM_REQUIRE_BROWSER=1.
    """
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None and os.environ.get("CRM_REQUIRE_BROWSER") == "1":
        pytest.fail("CRM_REQUIRE_BROWSER=1, but there is no chromium on this machine", pytrace=False)
    if chromium is None:
        pytest.skip("no chromium on this machine: browser tests are not run")
    switches = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
                "disable-component-update", "disable-sync")  # fmt: skip
    return {"executable_path": chromium, "headless": True, "args": [f"--{switch}" for switch in switches]}
