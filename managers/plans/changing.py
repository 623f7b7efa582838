"""Forms about the plan of a customer in reach."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.money import rounded
from crm.base.pages import FormPage
from crm.base.pages.access import Crumb
from crm.identity.models import User
from customers.models import Customer
from customers.services.versions import STALE
from customers.views.change import ChangePage
from managers.models import Assignment, CustomerPlan, PlanAction, PlanGoal
from managers.plans import services, steps
from managers.plans.forms import (
    ActionForm,
    ChangePlanForm,
    CloseActionForm,
    GoalForm,
    PlanForm,
    ReasonForm,
    ReviewForm,
)
from managers.plans.views import HERE
from managers.sales.terms import owners
from segmentation.decisions.views import crumbs_of


class DrawUp(ChangePage):
    permission = "plans:write"
    title = _("Draw up a plan")
    form_class = PlanForm
    submit = _("Draw up")
    done = _("The plan stands. Now its goals and actions.")

    @cached_property
    def customer(self) -> Customer:
        rows = Customer.objects.open_to(self.request.user).select_related("branch", "manager")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"currency": settings.CRM_BASE_CURRENCY}

    def perform(self, form: BaseForm) -> CustomerPlan:
        return services.draw_up(customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("customer_plan", args=[self.customer.pk])


class OfPlan(FormPage):
    """Back to the plan. Who was overtaken keeps what they typed, and saves again if they still mean it."""

    permission = "plans:write"
    done = _("Saved.")
    verb: Any = None

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the verb is about, in reach."""
        rows = CustomerPlan.objects.visible_to(self.request.user).select_related("customer__manager")
        return {"plan": get_object_or_404(rows, pk=self.kwargs["pk"])}

    @property
    def plan(self) -> CustomerPlan:
        return self.about["plan"]

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.plan.version}

    def get_crumbs(self) -> list[Crumb]:
        own = Crumb(_("Plan"), self.get_success_url())
        return [Crumb(HERE[0], reverse(HERE[1])), crumbs_of(self.plan.customer)[-1], own]

    def get_success_url(self) -> str:
        return reverse("customer_plan", args=[self.plan.customer_id])

    def perform(self, form: BaseForm) -> Any:
        return type(self).verb(**self.about, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def refused(self, form: BaseForm, refusal: RuleBroken) -> Any:
        if refusal.code == STALE:
            self.retyped(form, version=CustomerPlan.objects.get(pk=self.plan.pk).version)
        return super().refused(form, refusal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)


class ChangePlan(OfPlan):
    title = _("Change the plan")
    form_class = ChangePlanForm
    verb = services.change_plan

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.plan}

    def get_initial(self) -> dict[str, Any]:
        wallet = self.plan.wallet
        return super().get_initial() | {"wallet": wallet and rounded(wallet, self.plan.currency)}


class ReviewPlan(OfPlan):
    title = _("Review the plan")
    intro = _("It is kept with the balance and the share of wallet of today. The next one is due in half a year.")
    form_class = ReviewForm
    verb = services.look_back


class ClosePlan(OfPlan):
    title = _("Close the plan")
    intro = _("It stays as it is, and another one may be drawn up. Its tasks end.")
    submit = _("Close")
    form_class = ReasonForm
    verb = services.close_plan


class SetGoal(OfPlan):
    title = _("Set a goal")
    form_class = GoalForm
    verb = steps.set_goal

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"due_on": self.plan.until}


class SetAction(OfPlan):
    title = _("Set an action")
    intro = _("A week before, it is a task.")
    form_class = ActionForm
    verb = steps.set_action

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"who": self.plan.customer.manager_id or self.request.user.pk}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": doers(self.plan.customer, self.request.user)}


class DropGoal(OfPlan):
    title = _("Drop the goal")
    submit = _("Drop it")
    form_class = ReasonForm
    verb = steps.drop_goal

    @cached_property
    def about(self) -> dict[str, Any]:
        rows = PlanGoal.objects.visible_to(self.request.user).select_related("plan__customer")
        return {"goal": get_object_or_404(rows, pk=self.kwargs["pk"])}

    @property
    def plan(self) -> CustomerPlan:
        return self.about["goal"].plan


class CloseAction(OfPlan):
    title = _("Close the action")
    submit = _("Close")
    form_class = CloseActionForm
    verb = steps.close_action

    @cached_property
    def about(self) -> dict[str, Any]:
        rows = PlanAction.objects.visible_to(self.request.user).select_related("plan__customer")
        return {"action": get_object_or_404(rows, pk=self.kwargs["pk"])}

    @property
    def plan(self) -> CustomerPlan:
        return self.about["action"].plan


def doers(customer: Customer, user: User) -> QuerySet[User]:
    """Managers who look after the customer, the sponsor, and who asks."""
    now = timezone.now()
    beside = Assignment.objects.beside(customer.pk, timezone.localdate(now)).values("manager")
    who = Q(pk__in=owners(customer, now).order_by().values("pk")) | Q(pk__in=beside) | Q(pk=user.pk)
    return User.objects.filter(who, is_active=True).order_by("name", "pk")
