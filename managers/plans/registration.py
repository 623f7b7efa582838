"""What plans add to the roles, the slots, the pages, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from managers.day.brief import SLOT as BRIEF
from managers.models import CustomerPlan, PlanAction, PlanGoal, PlanReview, Task
from managers.plans import panels
from managers.plans.merging import MOVES
from managers.plans.sections import planned
from managers.plans.steps import follow_task
from managers.plans.viewsets import PlanViewSet
from managers.todo.services import SLOT as CLOSINGS
from managers.todo.services import Closing

OF_PLAN = "plan__customer__in"
TOLD = (
    Told(
        "plans",
        _("Plans"),
        CustomerPlan,
        ("since", "until", "needs", "wallet", "currency", "wallet_source", "made_at", "closed_at", "closed_because"),
    ),
    Told(
        "plan-goals",
        _("Goals of plans"),
        PlanGoal,
        ("kind", "figure", "currency", "words", "due_on", "set_at", "dropped_at", "dropped_because"),
        key=OF_PLAN,
    ),
    Told(
        "plan-actions",
        _("Actions of plans"),
        PlanAction,
        ("what", "who__name", "due_on", "state", "closed_at", "reason"),
        key=OF_PLAN,
        names={"who__name": _("who does it")},
    ),
    Told(
        "plan-reviews", _("Reviews of plans"), PlanReview, ("on", "words", "balance", "currency", "share"), key=OF_PLAN
    ),
)
TAKEN = Owned(_("Words in plans"), Category.CONDUCT, CustomerPlan, function="managers_erase_plans")

CLOSED_WITH_TASKS = (
    Closing(
        Task.Kind.PLAN_ACTION,
        _("Its action in the plan ends with it: done, or dropped for the same reason."),
        follow_task,
    ),
    Closing(Task.Kind.PLAN_REVIEW, _("It is done by reviewing the plan. Dismissed, the plan stays overdue.")),
)


def register() -> None:
    allow("plans:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("plans:write", Role.MANAGER, Role.HEAD)
    contribute("api.routes", ("plans", PlanViewSet, "plans"))
    contribute("navigation", NavigationEntry(_("Plans"), "plans", "route", "sales", "plans:read"))
    contribute("customer.tabs", panels.TAB)
    contribute(BRIEF, planned, weight=60)
    contribute(SLOT, MOVES)
    for closing in CLOSED_WITH_TASKS:
        contribute(CLOSINGS, closing)
    for part in TOLD:
        contribute(telling.SLOT, part)
    contribute(taking.SLOT, TAKEN)
