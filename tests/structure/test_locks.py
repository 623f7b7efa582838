"""Where packages come from is each machine's business: no file says it."""

import json
import re

from crm.base.launch.checks import HOSTS, LOCKS, lock_names_a_host
from crm.base.launch.steps import PROJECT
from tests.structure.tree import files, name_of

REGISTRIES = [r"\.".join(words) for words in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "(?:org|com)"), ("yarnpkg", "com"), ("deb", "debian", "org"),
)]  # fmt: skip
KINDS = (".py", ".txt", ".in", ".toml", ".json", ".yml", ".md", ".sh", ".cfg", "")


def test_no_file_names_a_registry() -> None:
    pattern = re.compile("|".join(REGISTRIES))
    assert [name_of(path) for path in files(*KINDS) if pattern.search(path.read_text(errors="ignore"))] == []


def test_locks_hold_hashes_and_no_host() -> None:
    assert lock_names_a_host() == ""
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    pins = re.findall(r"^[a-z0-9].*$", (PROJECT / "requirements.txt").read_text(), re.M | re.I)
    assert pins and all("==" in pin and pin.endswith("\\") for pin in pins)


def test_a_lock_with_a_host_is_found() -> None:
    for line in ("--index-url https://mirror.example/simple", '"resolved": "https://mirror.example/x.tgz"',
                 "django @ https://mirror.example/django.whl"):  # fmt: skip
        assert HOSTS.search(line), line
    assert LOCKS == ("requirements.txt", "package-lock.json")
