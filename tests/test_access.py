from copy import copy, deepcopy
from functools import cache

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.access import ROLES, Row, addresses, batches, routes
from tests.access_table import ONE_DOOR, OPEN, TABLE

BODY = {"post", "put", "patch"}


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": backend}


@pytest.fixture
def ask(api, signed_in):
    """The status that somebody gets; what the request wrote is undone. Who signed in once stays so."""

    @cache
    def client(user, is_rest: bool, *scopes):
        return api(user, *scopes) if is_rest else signed_in(user)

    def status(row: Row, things, user, *scopes) -> int:
        fresh = copy(client(user, row.is_rest, *scopes))
        fresh.cookies = deepcopy(fresh.cookies)
        kwargs = {"data": row.body(things)} if row.method in BODY else {}
        if row.is_rest and any(isinstance(value, SimpleUploadedFile) for value in kwargs.get("data", {}).values()):
            kwargs["format"] = "multipart"
        with transaction.atomic():
            answer = getattr(fresh, row.method)(row.url(things), headers=row.headers, **kwargs)
            transaction.set_rollback(True)
        for name in caches.settings:
            caches[name].clear()
        return answer.status_code

    return status


@pytest.mark.parametrize("rows", batches(TABLE))
def test_each_role_gets_what_the_table_says(rows, world, everybody, ask, subtests):
    for row in rows:
        for whose, statuses in (("own", row.own), ("other", row.other)):
            if statuses is not None:
                with subtests.test(str(row), whose=whose):
                    found = {role: ask(row, world[whose], user) for role, user in everybody.items()}
                    assert found == row.expected(statuses)


@pytest.mark.parametrize("rows", batches([row for row in TABLE if row.is_rest]))
def test_a_token_with_too_narrow_a_scope_is_refused(rows, world, everybody, ask, subtests):
    for row in rows:
        for role in row.opens_to():
            with subtests.test(str(row), role=role):
                assert ask(row, world["own"], everybody[role], "nothing:read") == 403


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_what_is_open_to_some_is_closed_to_others(row):
    everywhere = [row.expected(statuses) for statuses in (row.own, row.other) if statuses is not None]
    statuses = [status for expected in everywhere for status in expected.values()]
    assert any(status < 400 for status in statuses) and any(status in (302, 401, 403, 404) for status in statuses)


def test_every_route_is_in_the_table():
    known = {str(row) for row in TABLE} | OPEN
    missing = sorted(route for route in routes() - known if not route.split()[1].startswith(ONE_DOOR))
    assert missing == [], "add a line to tests/access_table.py"


def test_every_line_is_of_a_route():
    assert sorted(({str(row) for row in TABLE} | OPEN) - routes()) == []


@pytest.mark.parametrize("role", sorted({*ROLES, "stranger"} - {"admin", "auditor"}))
def test_no_page_of_the_admin_site_opens_to_who_may_not_enter_it(role, everybody, signed_in):
    client = signed_in(everybody[role])
    found = {url: client.get(url).status_code for url in addresses(ONE_DOOR)}
    assert len(found) > 20
    assert {url: status for url, status in found.items() if status not in (302, 403, 405)} == {}
