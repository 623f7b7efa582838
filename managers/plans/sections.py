"""What of the plan to know before meeting the customer."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.models import Customer
from managers.day.brief import Section, section
from managers.models import CustomerPlan, PlanAction
from managers.plans.reckoning import against_actual, share_of, standing_of
from managers.plans.saying import percent, said_of

SHOWN = 8


def planned(customer: Customer, user: User, at: datetime) -> Section | None:
    if not user.may("plans:read"):
        return None
    plan = CustomerPlan.objects.open().filter(customer=customer).first()
    return section(gettext_lazy("Plan"), _lines(plan), "route") if plan else None


def _lines(plan: CustomerPlan) -> Iterator[str]:
    standing = standing_of(plan.customer)
    yield plan.needs
    share = share_of(plan, standing.balance_in(plan.currency))
    if share is not None:
        yield _("Share of wallet: %(share)s") % {"share": percent(share)}
    for line in against_actual(plan, plan.goals.filter(dropped_at=None)[:SHOWN], standing):
        yield said_of(line)
    for action in plan.actions.filter(state=PlanAction.State.OPEN).select_related("who")[:SHOWN]:
        words = {"what": action.what, "who": action.who, "day": said_day(action.due_on)}
        yield _("%(what)s (%(who)s, by %(day)s)") % words
    yield _("Next review of the plan: %(day)s") % {"day": said_day(plan.review_on)}
