from django.contrib.staticfiles import finders

from crm.base.finders import ALLOWED, NpmFinder


def test_every_allowed_file_was_installed() -> None:
    assert [name for name in ALLOWED if not finders.find(f"npm/{name}")] == []


def test_nothing_else_of_the_installed_packages_is_served() -> None:
    for name in ("npm/echarts/package.json", "npm/../package.json", "echarts/dist/echarts.min.js"):
        assert finders.find(name) is None


def test_what_is_listed_is_what_is_found() -> None:
    assert {name for name, _ in NpmFinder().list(None)} == set(ALLOWED)
