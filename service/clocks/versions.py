"""Which service levels hold on a day."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from service.clocks.definition import Levels, parsed
from service.models import ServiceLevels

VIPS = ["private", "diamond", "platinum"]
# what holds until a bank has said something of its own
STANDARD: dict[str, Any] = {
    "calendars": [],
    "priorities": [
        {"tiers": VIPS, "impacts": ["high"], "priority": "urgent"},
        {"impacts": ["high"], "priority": "high"},
        {"tiers": [*VIPS, "gold"], "priority": "high"},
        {"priority": "normal"},
    ],
    "slas": [
        {
            "name": gettext_noop("Urgent"), "priorities": ["urgent"], "calendar": "24x7",
            "first_response_minutes": 30, "next_response_minutes": 60, "solution_minutes": 480,
        },
        {
            "name": gettext_noop("Every ticket"), "calendar": "24x7",
            "first_response_minutes": 240, "next_response_minutes": 480, "solution_minutes": 4320,
        },
    ],
}  # fmt: skip


def content_on(day: date) -> dict[str, Any]:
    version = ServiceLevels.objects.in_force(day)
    return version.content if version else STANDARD


def levels_on(day: date) -> Levels:
    return parsed(content_on(day))
