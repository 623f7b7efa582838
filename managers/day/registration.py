"""What the day adds to the roles, the slots, the pages, to a merge and to an erasure; and what puts rows on it."""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT as MERGES
from customers.duplicates.moves import Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Deleted
from customers.privacy.telling import Told
from managers.day import saying
from managers.day.brief import SLOT as BRIEF
from managers.day.sections import SECTIONS
from managers.day.sources import SLOT, Source
from managers.day.viewsets import PATHS
from managers.models import LaidAside

SQL = Path(__file__).parent / "sql"
SOURCES = (
    Source("referral", _("Referrals"), "user-share", 900, SQL / "referrals.sql", saying.referral, "referrals:read",
           url=lambda figures: reverse("referral_answer", args=[figures["id"]]), purpose="sales"),
    Source("event", _("Events"), "confetti", 880, SQL / "events.sql", saying.event, "events:read",
           url=lambda figures: reverse("event", args=[figures["id"]])),
    Source("tier", _("Tiers"), "stairs", 780, SQL / "tiers.sql", saying.tier, "tier-periods:read"),
    Source("step", _("Next steps"), "arrow-right", 700, SQL / "steps.sql", saying.step, "interactions:read"),
    Source("task", _("Tasks"), "checklist", 620, SQL / "tasks.sql", saying.task, "tasks:read"),
    Source("contact", _("Contacts due"), "calendar-due", 600, SQL / "contacts.sql", saying.contact, "cadence:read"),
)  # fmt: skip
TOLD = Told("laid_aside", _("Laid aside"), LaidAside, ("until", "reason", "at"))
TAKEN = Deleted(_("Laid aside"), Category.CONDUCT, LaidAside)


def register() -> None:
    allow("day:read", Role.MANAGER)
    allow("day:write", Role.MANAGER)
    allow("laid-aside:read", Role.AUDITOR)
    for source in SOURCES:
        contribute(SLOT, source)
    for section in SECTIONS:
        contribute(BRIEF, section)
    for address in PATHS:
        contribute("api.paths", address)
    entry = NavigationEntry(pgettext_lazy("a manager's", "My day"), "day", "sun", "day", "day:read")
    contribute("navigation", entry, weight=10)
    contribute("landing", ("day:read", "day"))
    contribute(MERGES, Moves("laid-aside", _("Laid aside"), LaidAside))
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
