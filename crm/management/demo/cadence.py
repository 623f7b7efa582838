"""How often the demo bank speaks with its customers, how late its managers log it, and whom they meet this week."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from crm.management.demo.bank import BY, Bank
from crm.management.demo.span import Span
from customers.models import Customer, Interaction
from managers.cadence import runs
from managers.cadence.publishing import publish_plan
from managers.meetings.services import arrange_meeting

PLAN: dict[str, Any] = {
    "lines": [
        {"tier": "private", "every": 30, "unit": "days", "executive_months": 6},
        {"tier": "diamond", "every": 45, "unit": "days", "executive_months": 12},
        {"tier": "platinum", "every": 60, "unit": "days"},
        {"tier": "gold", "every": 90, "unit": "days"},
        {"tier": "affluent", "every": 180, "unit": "days"},
        {"tier": "strategic", "every": 1, "unit": "months", "executive_months": 6, "site_months": 6},
        {"tier": "key", "every": 2, "unit": "months", "executive_months": 12, "site_months": 12},
        {"tier": "preferred", "every": 60, "unit": "business_days", "site_months": 12},
    ],
    "doubled_days": 90,
    "late_days": 3,
}
LATE = 35


def plan_contacts(*, span: Span) -> int:
    """From the first day on. What was logged was logged on the same day, one of LATE a week later."""
    logged = Interaction.objects.filter(source_hash=None)
    logged.update(created_at=F("at") + timedelta(hours=2))
    old = logged.filter(at__date__lte=span.last - timedelta(days=8)).alias(place=F("pk") % LATE)
    old.filter(place=0).update(created_at=F("at") + timedelta(days=7))
    publish_plan(content=PLAN, by=BY, day=span.first)
    for run in runs.unfinished():
        runs.carry_on(run)
    return 1


# place in the book, days from now, hour, minutes, channel, subject
MEETINGS = (
    (0, 0, 15, 60, "branch", "年终资产检视"),
    (3, 1, 10, 45, "visit", "家族传承方案"),
    (6, 2, 14, 30, "video", "美元理财到期安排"),
)


def arrange_meetings(*, bank: Bank, at: datetime) -> None:
    """Of two managers; `at` is the first morning."""
    for name in ("manager", "manager2"):
        manager = bank.staff[name]
        book = list(Customer.objects.unmerged().filter(manager=manager, status="active").order_by("number")[:8])
        for place, days, hour, minutes, channel, subject in MEETINGS if book else ():
            starts_at = at + timedelta(days=days, hours=hour)
            said: dict[str, Any] = {"minutes": minutes, "channel": channel, "subject": subject, "by": manager, "at": at}
            arrange_meeting(customer=book[place % len(book)], starts_at=starts_at, **said)
