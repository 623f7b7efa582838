import re
from typing import Any

import yaml

from crm.base.launch.steps import PROJECT

COMPOSE = (PROJECT / "docker-compose.yml").read_text()


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
    return found


def test_every_service_has_a_health_check() -> None:
    image = "HEALTHCHECK" in (PROJECT / "Dockerfile").read_text()
    without = [
        name
        for name, service in services().items()
        if "healthcheck" not in service and not (image and "build" in service)
    ]
    assert {"db", "redis", "web", "worker", "beat"} <= set(services())
    assert without == []


def test_what_is_kept_lies_in_a_named_volume() -> None:
    volumes = yaml.safe_load(COMPOSE)["volumes"]
    for name in ("db", "redis", "web"):
        assert services()[name]["volumes"][0].split(":")[0] in volumes


def test_the_services_do_not_get_the_owners_password() -> None:
    for name in ("web", "worker", "beat"):
        assert "crm_owner" not in str(services()[name])
    assert "crm_owner" in services()["migrate"]["environment"]["DATABASE_OWNER_URL"]


def test_every_variable_without_a_default_is_in_the_example() -> None:
    needed = set(re.findall(r"\$\{(\w+):\?", COMPOSE))
    given = set(re.findall(r"^(\w+)=", (PROJECT / ".env.example").read_text(), re.M))
    assert needed and needed <= given


def test_the_image_does_not_run_as_root() -> None:
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")][-1] == "USER guibin"
