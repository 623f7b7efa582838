"""Forms about an opportunity of a customer in reach."""

from typing import Any

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
from customers.services.versions import STALE
from customers.views.change import ChangePage
from managers.models import Opportunity, Stage
from managers.sales import services
from managers.sales.forms import LoseForm, MoveForm, OpenForm, OpportunityForm, ReopenForm
from managers.sales.terms import owners
from segmentation.decisions.views import crumbs_of


class OpenOpportunity(ChangePage):
    permission = "opportunities:write"
    title = _("New opportunity")
    form_class = OpenForm
    submit = _("Open it")
    done = _("The opportunity is open.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"owners": owners(self.customer, timezone.now())}

    def get_initial(self) -> dict[str, Any]:
        return {"owner": self.customer.manager_id, "stage": Stage.NEW}

    def perform(self, form: Any) -> Opportunity:
        return services.open_opportunity(customer=self.customer, by=self.request.user, at=timezone.now(), **form.said())

    def get_success_url(self) -> str:
        found = getattr(self, "result", None)
        if found:
            return reverse("opportunity", args=[found.pk])
        return f"{super().get_success_url()}?tab=pipeline"


class OfOpportunity(FormPage):
    """Back to the opportunity. Who was overtaken keeps what they typed, and saves again if they still mean it."""

    permission = "opportunities:write"
    done = _("Saved.")
    verb: Any = None

    @cached_property
    def opportunity(self) -> Opportunity:
        rows = Opportunity.objects.visible_to(self.request.user).select_related("customer", "product", "owner")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.opportunity.version}

    def get_crumbs(self) -> list[Crumb]:
        own = Crumb(str(self.opportunity), self.get_success_url())
        return [Crumb(_("Pipeline"), reverse("pipeline")), crumbs_of(self.opportunity.customer)[-1], own]

    def get_success_url(self) -> str:
        return reverse("opportunity", args=[self.opportunity.pk])

    def perform(self, form: BaseForm) -> Opportunity:
        said = {"by": self.request.user, "at": timezone.now(), **form.cleaned_data}
        return type(self).verb(opportunity=self.opportunity, **said)

    def refused(self, form: BaseForm, refusal: RuleBroken) -> Any:
        if refusal.code == STALE:
            self.retyped(form, version=Opportunity.objects.get(pk=self.opportunity.pk).version)
        return super().refused(form, refusal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)


class ChangeOpportunity(OfOpportunity):
    title = _("Change the opportunity")
    form_class = OpportunityForm
    verb = services.change_opportunity

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"amount": rounded(self.opportunity.amount, self.opportunity.currency)}

    def get_form_kwargs(self) -> dict[str, Any]:
        found = owners(self.opportunity.customer, timezone.now()) | User.objects.filter(pk=self.opportunity.owner_id)
        return super().get_form_kwargs() | {"instance": self.opportunity, "owners": found}


class MoveOpportunity(OfOpportunity):
    title = _("Move the opportunity")
    form_class = MoveForm
    submit = _("Move")
    done = _("Moved.")
    verb = services.move_opportunity

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"now": self.opportunity.stage}


class LoseOpportunity(OfOpportunity):
    title = _("The opportunity is lost")
    form_class = LoseForm
    submit = _("It is lost")
    verb = services.lose


class ReopenOpportunity(OfOpportunity):
    title = _("Open it again")
    form_class = ReopenForm
    submit = _("Open again")
    done = _("It is open again.")
    verb = services.reopen
