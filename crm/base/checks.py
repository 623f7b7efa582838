"""System checks of the frame: an icon that doesn't exist is an error of the build, not a hole in a page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from crm.base import icons
from crm.base.slots import contributions

USED = re.compile(r"""{%\s*icon\s+["']([^"']+)["']""")


def _named() -> Iterator[tuple[str, str]]:
    for path in sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html")):
        for name in USED.findall(path.read_text()):
            yield name, str(path.relative_to(settings.BASE_DIR))
    for entry in contributions("navigation"):
        yield entry.icon, f"the navigation entry {entry.url_name}"


@register("templates")
def icons_exist(**kwargs: Any) -> list[CheckMessage]:
    """Silent before the front-end files are installed."""
    if not icons.folder().is_dir():
        return []
    return [
        Error(f"There is no icon named {name!r}, used by {where}.", id="frame.E001")
        for name, where in _named()
        if not icons.exists(name)
    ]
