"""A contact plan, parsed: for each tier how often the bank and a customer speak, who visits whom and how often.

Content: {"lines": [{"tier": "private", "every": 30, "unit": "days", "executive_months": 6, "site_months": 12}],
"doubled_days": 90, "late_days": 3}; the months may be absent, and so may both of the days.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from segmentation.checks import known_keys, one_of, text, whole
from segmentation.models import Tier
from segmentation.rules.validation import refuse
from segmentation.stored import Stored

LINE = {"tier", "every", "unit", "executive_months", "site_months"}
DOUBLED, LATE = 90, 3
MOST_MONTHS, MOST_LINES = 36, 50


class Unit(models.TextChoices):
    DAYS = "days", gettext_lazy("days")
    BUSINESS_DAYS = "business_days", gettext_lazy("business days")
    MONTHS = "months", gettext_lazy("months")


MOST = {Unit.DAYS: 1096, Unit.BUSINESS_DAYS: 750, Unit.MONTHS: MOST_MONTHS}


@dataclass(frozen=True)
class Line:
    """`site_months` asks it of companies alone."""

    tier: str
    every: int
    unit: str
    executive_months: int | None = None
    site_months: int | None = None

    @property
    def said(self) -> str:
        """ "every 30 days; executive visit every 6 months"."""
        found = [said_interval(self.every, self.unit)]
        if self.executive_months:
            found.append(_("an executive visits %(interval)s") % {"interval": _months(self.executive_months)})
        if self.site_months:
            found.append(_("companies are visited %(interval)s") % {"interval": _months(self.site_months)})
        return "; ".join(found)


@dataclass(frozen=True)
class Plan:
    """For `doubled_days` after another manager took over, everything is due in half the time; what is logged more than `late_days`
    after it happened is late."""

    lines: tuple[Line, ...]
    doubled_days: int
    late_days: int

    @classmethod
    def parse(cls, content: Any, *, path: str = "contact_plan") -> "Plan":
        """Raises RuleBroken with the path of what is wrong."""
        known_keys(content, {"lines", "doubled_days", "late_days"}, path)
        written = content.get("lines")
        if not isinstance(written, list) or not 1 <= len(written) <= MOST_LINES:
            refuse(f"{path}.lines", _("a list of 1 to %(count)s lines belongs here.") % {"count": MOST_LINES})
        lines = tuple(_line(each, f"{path}.lines[{place}]") for place, each in enumerate(written))
        tiers = [line.tier for line in lines]
        for place, tier in enumerate(tiers):
            if tier in tiers[:place]:
                refuse(f"{path}.lines[{place}].tier", _("“%(code)s” stands here twice.") % {"code": tier})
        return cls(
            lines=lines,
            doubled_days=whole(content.get("doubled_days", DOUBLED), 0, 366, f"{path}.doubled_days"),
            late_days=whole(content.get("late_days", LATE), 0, 366, f"{path}.late_days"),
        )


def _line(written: Any, path: str) -> Line:
    known_keys(written, LINE, path)
    text(written.get("tier"), 32, f"{path}.tier")
    unit = written.get("unit", Unit.DAYS)
    one_of(unit, list(Unit.values), f"{path}.unit")
    every = whole(written.get("every"), 1, MOST[unit], f"{path}.every")
    months = {
        name: None if written.get(name) is None else whole(written[name], 1, MOST_MONTHS, f"{path}.{name}")
        for name in ("executive_months", "site_months")
    }
    return Line(tier=written["tier"], every=every, unit=unit, **months)


def refuse_unknown(plan: Plan) -> None:
    """Tiers that no scheme has. Raises RuleBroken."""
    known = set(Tier.objects.values_list("code", flat=True))
    for place, line in enumerate(plan.lines):
        if line.tier not in known:
            path = f"contact_plan.lines[{place}].tier"
            refuse(path, _("no scheme has a tier “%(code)s”.") % {"code": line.tier})


def said_interval(every: int, unit: str) -> str:
    """ "every 30 business days"."""
    match unit:
        case Unit.MONTHS:
            return _months(every)
        case Unit.BUSINESS_DAYS:
            return ngettext("every %(count)s business day", "every %(count)s business days", every) % {"count": every}
    return ngettext("every %(count)s day", "every %(count)s days", every) % {"count": every}


def _months(count: int) -> str:
    return ngettext("every %(count)s month", "every %(count)s months", count) % {"count": count}


plan_of = Stored(Plan.parse, most=64).parsed
