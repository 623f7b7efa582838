"""Service levels for tests."""

from datetime import date
from typing import Any

DAY = date(2026, 3, 10)
WEEK = [["09:00", "12:00"], ["13:00", "17:30"]]
OFFICE = {
    "code": "office", "name": "Office hours", "zone": "Asia/Shanghai", "holidays": "CN",
    "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), WEEK),
}  # fmt: skip
SLA = {"name": "Every ticket", "first_response_minutes": 60, "solution_minutes": 960, "calendar": "24x7"}


def content(**more: Any) -> dict[str, Any]:
    return {"calendars": [OFFICE], "priorities": [{"priority": "normal"}], "slas": [SLA]} | more
