"""Starts PostgreSQL and Redis before Django's settings are read; loaded by `-p` in pyproject.toml.

Tests connect as the owner of the schema, who makes the test databases; `as_app_role` and `app_env` are for tests of the
application's narrower role. Each xdist worker has a test database and a Redis database of its own.
"""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from crm.base.launch.environment import new_secrets
from crm.base.launch.steps import data_folder
from crm.base.servers import borrow

held = ExitStack()
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
DEFAULTS = {
    "DJANGO_SETTINGS_MODULE": "crm.settings",
    "CRM_INSECURE_HTTP": "1",
    "CRM_PLAIN_STATIC": "1",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}


def servers_folder() -> Path:
    """`TEST_DATA` is where many small tests are fastest, in memory; by themselves they use the folder of the project."""
    return Path(os.environ.get("TEST_DATA") or data_folder()) / "test"


def serve() -> None:
    """URLs for this process; workers inherit them from the process that started the servers."""
    if not worker:
        urls = held.enter_context(borrow.servers(servers_folder(), fast=True))
        os.environ |= urls | {"CRM_TEST_APP_URL": urls["DATABASE_URL"]}
        os.environ["DATABASE_URL"] = urls.get("DATABASE_OWNER_URL", urls["DATABASE_URL"])
        os.environ |= new_secrets()
    else:
        base = os.environ["REDIS_URL"].rsplit("/", 1)[0]
        os.environ["REDIS_URL"] = f"{base}/{int(worker.removeprefix('gw')) + 1}"
    static = data_folder() / "test" / "static"
    static.mkdir(parents=True, exist_ok=True)
    os.environ["STATIC_ROOT"] = str(static)
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)


def pytest_unconfigure(config: pytest.Config) -> None:
    held.close()


try:
    serve()
except Exception as error:
    print(f"the servers for the tests can't be had: {error}", file=sys.stderr)
    raise
