"""How a manager kept the contact plan in a year: the figure of the report, over all days of the year instead of today alone."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from crm.base.sql import rows_of_text
from managers.cadence.due import of_bank, statement
from managers.cadence.plan import Unit, plan_of
from managers.models import ContactPlan, DueContact
from managers.staff.scoring import Figure

What = DueContact.What


class Asked(NamedTuple):
    """A line of a version, for one thing that it asks, while it holds: to before `until`."""

    since: date
    until: date
    doubled: int
    tier: str
    what: str
    every: int
    unit: str


def rows_of_year(managers: Sequence[int], since: date, until: date) -> list[dict[str, Any]]:
    """The rows of the figure, as `Figure` has them. As the plans, tiers, books and contacts of the time are known now."""
    asked = list(_asked(until))
    columns = {f"{name}s": [getattr(each, name) for each in asked] for name in Asked._fields}
    said = columns | of_bank(until) | {"managers": list(managers), "since": since, "until": until}
    return rows_of_text(statement("year"), **said)


def _asked(until: date) -> Iterator[Asked]:
    versions = ContactPlan.objects.filter(effective_from__lt=until).order_by("effective_from")
    for version, after in pairwise([*versions, None]):
        plan = plan_of(version.content)
        for line in plan.lines:
            whats = (
                (What.CONTACT, line.every, line.unit),
                (What.EXECUTIVE, line.executive_months, Unit.MONTHS),
                (What.SITE, line.site_months, Unit.MONTHS),
            )
            for what, every, unit in whats:
                if every:
                    end = after.effective_from if after else until
                    yield Asked(version.effective_from, end, plan.doubled_days, line.tier, str(what), every, str(unit))


CADENCE = Figure(
    "cadence",
    _("Contact cadence"),
    _("Days on which no contact that the plan asks for was overdue, of all days on which it asked for one."),
    rows_of_year,
)
