import subprocess
import sys
import urllib.request
from types import ModuleType

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from pytest_django.live_server_helper import LiveServer

from crm.base.launch.steps import PROJECT

WHO = "from django.db import connection as c; u = c.cursor(); u.execute('SELECT current_user'); print(*u.fetchone())"


def current_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_tests_connect_as_the_owner_of_the_schema() -> None:
    assert current_user() == "crm_owner"


def test_a_test_can_become_the_role_that_serves(as_app_role: None) -> None:
    assert current_user() == "crm_app"


def test_a_program_works_on_the_test_database_as_the_role_that_serves(app_env: dict[str, str]) -> None:
    command = [sys.executable, str(PROJECT / "manage.py"), "shell", "-v0", "-c", WHO]
    said = subprocess.run(command, env=app_env, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "crm_app"


def test_the_cache_is_a_real_redis() -> None:
    cache.set("greeting", "hello", 5)
    assert cache.get("greeting") == "hello"


def test_pages_of_the_live_server_are_served_by_the_narrow_role(live_server: LiveServer) -> None:
    routes = ModuleType("routes")
    routes.urlpatterns = [path("", lambda request: HttpResponse(current_user()))]
    with override_settings(ROOT_URLCONF=routes):
        answer = urllib.request.urlopen(live_server.url).read()
    assert (answer, current_user()) == (b"crm_app", "crm_owner")
