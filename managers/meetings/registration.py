"""What meetings add to the roles, the slots, the pages, the day, to a merge and to an erasure."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT as MERGES
from customers.duplicates.moves import Moves
from customers.models import Interaction
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Deleted
from customers.privacy.telling import Told
from managers.day.sources import SLOT as DAY
from managers.day.sources import Source
from managers.meetings.viewsets import MeetingViewSet
from managers.models import Meeting

LABEL = gettext_lazy("Meetings")
TOLD = Told("meetings", LABEL, Meeting, ("starts_at", "ends_at", "channel", "subject", "cancelled_at", "reason"))
TAKEN = Deleted(LABEL, Category.CONDUCT, Meeting)


def said(figures: dict[str, Any], due_on: Any) -> str:
    """ "Meeting at 10:00 (Visit): yearly review"."""
    at = timezone.localtime(datetime.fromisoformat(figures["at"]))
    words = {"at": date_format(at, "H:i"), "channel": Interaction.Channel(figures["channel"]).label}
    text = _("Meeting at %(at)s (%(channel)s)") % words
    if at.date() < timezone.localdate():
        text = _("Met on %(day)s? Nothing is logged yet") % {"day": date_format(at, "Y-m-d")}
    return f"{text}: {figures['subject']}" if figures["subject"] else text


SOURCE = Source(
    "meeting", LABEL, "calendar-event", 960, Path(__file__).parent / "sql" / "meetings.sql", said, "meetings:read"
)


def register() -> None:
    allow("meetings:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("meetings:write", Role.MANAGER, Role.HEAD)
    contribute(DAY, SOURCE, weight=50)
    contribute("api.routes", ("meetings", MeetingViewSet, "meetings"))
    contribute("navigation", NavigationEntry(LABEL, "meetings", "calendar-event", "day", "meetings:read"))
    contribute(MERGES, Moves("meetings", LABEL, Meeting))
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
