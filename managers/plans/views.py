"""Plans: the list, and the plan of a customer against what is actual."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, Empty, ListPage, Page
from crm.base.pages.access import Crumb, Text
from customers.models import Customer
from customers.views.head import look
from managers.models import Assignment, CustomerPlan, PlanGoal
from managers.plans.filters import PlanFilter
from managers.plans.reckoning import Line, against_actual, is_planned, month_ends, share_of, standing_of
from managers.plans.saying import figure
from managers.plans.tables import PlanTable
from segmentation.decisions.views import crumbs_of

HERE: tuple[Text, str] = (_("Plans"), "plans")


class PlanList(ListPage):
    permission = "plans:read"
    title = HERE[0]
    queryset = CustomerPlan.objects.select_related("customer__manager", "customer__branch")
    filterset_class = PlanFilter
    table_class: ClassVar[Any] = PlanTable
    ordering_fields = {"review_on": "review_on"}
    ordering = "review_on"
    empty = Empty(
        _("No plan yet"),
        _("A company, or a person of the highest tier, gets a plan on the tab “Plan” of their page."),
        icon="route",
    )


class PlanOfCustomer(Page):
    """The open plan, else the newest; an earlier one by its key."""

    permission = "plans:read"
    template_name = "managers/plans/plan.html"
    http_method_names = ["get", "head", "options"]

    @cached_property
    def customer(self) -> Customer:
        rows = Customer.objects.open_to(self.request.user).select_related("branch", "manager")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def plans(self) -> list[CustomerPlan]:
        rows = CustomerPlan.objects.filter(customer=self.customer).select_related("made_by", "closed_by")
        return sorted(rows.order_by("-made_at", "-pk"), key=lambda plan: not plan.is_open)

    @cached_property
    def plan(self) -> CustomerPlan | None:
        asked = self.request.GET.get("plan")
        if asked is None:
            return self.plans[0] if self.plans else None
        key = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
        return get_object_or_404(CustomerPlan.objects.filter(customer=self.customer).select_related("made_by"), pk=key)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        look(self.customer, request, "page.plan")
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        return _("Plan of %(customer)s") % {"customer": self.customer}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), crumbs_of(self.customer)[-1]]

    def get_actions(self) -> list[Action]:
        if self.plan is None or not self.may_write:
            return []
        key = [self.plan.pk]
        return [
            Action(pgettext_lazy("a plan", "Review"), reverse("plan_review", args=key), icon="history", dialog=True),
            Action(_("Change"), reverse("plan_change", args=key), icon="pencil", dialog=True),
        ]

    @cached_property
    def may_write(self) -> bool:
        stands = not self.customer.merged_into_id and (self.plan is None or self.plan.is_open)
        return self.may("plans:write") and stands

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = {"customer": self.customer, "plan": self.plan, "may_write": self.may_write}
        shown |= self._nothing() if self.plan is None else self._shown(self.plan)
        return super().get_context_data(**shown | kwargs)

    def _nothing(self) -> dict[str, Any]:
        address = reverse("plan_draw_up", args=[self.customer.pk])
        if self.may_write and is_planned(self.customer, timezone.localdate()):
            text = _("Goals for one to three years, what is needed, and who does what by when.")
            return {"empty": Empty(_("No plan yet"), text, Action(_("Draw up a plan"), address, "plus"), icon="route")}
        text = _("Plans are for companies, institutions, and persons of the highest tier or with an executive sponsor.")
        return {"empty": Empty(_("No plan"), text, icon="route")}

    def _shown(self, plan: CustomerPlan) -> dict[str, Any]:
        plan.customer = self.customer
        standing = standing_of(self.customer)
        sponsors = Assignment.objects.holding(timezone.localdate()).filter(role=Assignment.Role.SPONSOR)
        return {
            "standing": standing,
            "share": share_of(plan, standing.balance_in(plan.currency)),
            "lines": [_drawn(line) for line in against_actual(plan, plan.goals.filter(dropped_at=None), standing)],
            "dropped": [(goal, _wanted(goal)) for goal in plan.goals.exclude(dropped_at=None)],
            "steps": list(plan.actions.select_related("who", "closed_by")),
            "reviews": list(plan.reviews.select_related("by")),
            "months": month_ends(plan),
            "sponsor": sponsors.filter(customer=self.customer).select_related("manager").first(),
            "earlier": [each for each in self.plans if each.pk != plan.pk],
        }


def _drawn(line: Line) -> tuple[Line, str, str, str]:
    """With its figures in words; "" of what has none."""
    goal = line.goal
    actual = "" if line.actual is None else figure(goal, line.actual)
    return line, _wanted(goal), actual, figure(goal, line.missing)


def _wanted(goal: PlanGoal) -> str:
    return "" if goal.figure is None else figure(goal, goal.figure)
