"""A subject export as one readable page, in the customer's language, from what the file says and nothing else."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from crm.base.templatetags.frame import said_day


def page_of(content: dict[str, Any]) -> str:
    with translation.override(content["language"]):
        parts = [
            {"label": part["label"], "heads": list(part["fields"].values()), "rows": [_cells(part, row) for row in part["rows"]]}
            for part in content["parts"]
        ]  # fmt: skip
        asked = parse_datetime(content["asked_at"])
        said = {"content": content, "parts": parts, "asked": said_day(timezone.localdate(asked)) if asked else ""}
        return render_to_string("customers/privacy/file.html", said)


def _cells(part: dict[str, Any], row: dict[str, Any]) -> list[str]:
    return [in_words(row.get(path), part["words"].get(path, {})) for path in part["fields"]]


def in_words(value: Any, words: dict[str, str]) -> str:
    """A value, by the words of its field's codes."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {in_words(one, {})}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(in_words(one, {}) for one in value)
    if value is None or value == "":
        return "–"
    return words.get(str(value), str(value))
