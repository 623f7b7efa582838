"""What the service desk knows."""

from typing import Any

from tests.factories import ServiceLevelsFactory


def promised() -> dict[str, Any]:
    """To every customer."""
    return {"service_levels": ServiceLevelsFactory()}
