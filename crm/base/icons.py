"""Outline icons of Tabler, inlined: no font, no second request."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

NAME = re.compile(r"[a-z0-9-]+")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
PATHS = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
FRAME = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


def folder() -> Path:
    return Path(settings.BASE_DIR) / "node_modules" / "@tabler" / "icons" / "icons" / "outline"


def exists(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and (folder() / f"{name}.svg").is_file()


@cache
def drawn(name: str) -> SafeString:
    """The drawing without its frame; empty where there is no such icon, which `check` reports."""
    if not exists(name):
        return SafeString("")
    text = COMMENT.sub("", (folder() / f"{name}.svg").read_text())
    match = PATHS.search(text)
    paths = match.group(1).replace(FRAME, "") if match else ""
    return mark_safe(" ".join(paths.split()))  # noqa: S308  a file of the icon set, found by a plain name


@cache
def icon(name: str, extra: str = "") -> SafeString:
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        extra,
        drawn(name),
    )
