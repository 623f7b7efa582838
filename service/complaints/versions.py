"""Which complaint rules hold on a day, and under which regimes a complaint may be received."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from service.complaints.definition import Rules, parsed
from service.complaints.regimes import NAMES, pack_of
from service.models import ComplaintRules

# what holds until a bank has said something of its own
STANDARD: dict[str, Any] = json.loads((Path(__file__).parent / "standard.json").read_text(encoding="utf-8"))


def content_on(day: date) -> dict[str, Any]:
    version = ComplaintRules.objects.in_force(day)
    return version.content if version else STANDARD


def contents() -> list[dict[str, Any]]:
    """Of all versions and of what held before, the oldest first."""
    return [STANDARD, *ComplaintRules.objects.order_by("effective_from", "number").values_list("content", flat=True)]


def rules_on(day: date) -> Rules:
    return parsed(content_on(day))


def pack_on(code: str, day: date) -> dict[str, Any]:
    """Of the bank's own or of a country. Raises RuleBroken."""
    return rules_on(day).regimes.get(code) or pack_of(code)


def regimes_said() -> list[tuple[str, Any]]:
    own = rules_on(timezone.localdate()).regimes
    return [*((code, _(name)) for code, name in NAMES.items()), *((code, each["name"]) for code, each in own.items())]
