"""Goals and their figures in words."""

from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _

from crm.base.templatetags.frame import said_day
from managers.models import PlanGoal
from managers.plans.reckoning import Line
from segmentation.rules.sentences import money

Kind = PlanGoal.Kind


def percent(share: Decimal) -> str:
    return f"{localize(share.normalize())} %"


def figure(goal: PlanGoal, value: Decimal | None) -> str:
    """As the kind of the goal measures it; "–" where it is unknown."""
    if value is None:
        return "–"
    match goal.kind:
        case Kind.BALANCE:
            return money(value, goal.currency)
        case Kind.WALLET:
            return percent(value)
    return f"{value:.0f}"


def said_of(line: Line) -> str:
    """ "Balance: 5,000,000 by 1 Jan; now 3,200,000, missing 1,800,000"."""
    goal = line.goal
    words = {
        "goal": goal if goal.kind == Kind.OTHER else f"{goal}: {figure(goal, goal.figure)}",
        "day": said_day(goal.due_on),
        "actual": figure(goal, line.actual),
        "missing": figure(goal, line.missing),
    }
    if line.missing is None:
        return _("%(goal)s by %(day)s") % words
    if line.is_reached:
        return _("%(goal)s by %(day)s; reached: %(actual)s") % words
    return _("%(goal)s by %(day)s; now %(actual)s, missing %(missing)s") % words
