"""What plans put on the page of a customer: a tab, read when somebody opens it."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from customers.models import Customer
from managers.models import CustomerPlan


def _tab(request: Any, customer: Customer) -> dict[str, Any]:
    """One query: the open plan with what of it is to be done."""
    actions = Count("actions", filter=Q(actions__state="open"), distinct=True)
    goals = Count("goals", filter=Q(goals__dropped_at=None), distinct=True)
    rows = CustomerPlan.objects.open().filter(customer=customer)
    return {"plan": rows.annotate(open_actions=actions, standing_goals=goals).first()}


TAB = Panel("plan", "managers/plans/_tab.html", _tab, gettext_lazy("Plan"), "plans:read")
