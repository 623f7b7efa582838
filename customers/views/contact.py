"""One contact: what was said, what was added, and what stood there before."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import Action, DetailPage, FormPage
from crm.base.pages.access import Crumb
from customers import services
from customers.forms import AmendForm, CorrectForm
from customers.models import Amendment, Interaction
from customers.services.versions import STALE
from customers.views.head import look

ROWS = Interaction.objects.select_related("customer", "by")


def _crumbs(interaction: Interaction) -> list[Crumb]:
    customer = interaction.customer
    here = Crumb(str(customer), reverse("customer", args=[customer.pk]))
    return [Crumb(_("Customers"), reverse("customers")), here]


class InteractionPage(DetailPage):
    permission = "interactions:read"
    queryset = ROWS
    template_name = "customers/interaction.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        look(self.object.customer, request, "page.interaction")
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_crumbs(self) -> list[Crumb]:
        return _crumbs(self.object)

    def get_actions(self) -> list[Action]:
        if not self.may("interactions:write") or self.object.customer.merged_into_id:
            return []
        amend = Action(_("Add a word"), reverse("interaction_amend", args=[self.object.pk]), icon="message-plus")
        if not self.object.is_correctable(self.request.user, timezone.now()):
            return [amend]
        return [Action(_("Correct"), reverse("interaction_correct", args=[self.object.pk]), icon="pencil"), amend]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {
            "amendments": self.object.amendments.select_related("by"),
            "earlier": self.object.events.order_by("-pgh_id"),
        }
        return super().get_context_data(**found | kwargs)


class OfInteraction(FormPage):
    """A form about a contact with a customer in reach."""

    permission = "interactions:write"

    @cached_property
    def interaction(self) -> Interaction:
        return get_object_or_404(ROWS.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        look(self.interaction.customer, request, f"form.{request.resolver_match.url_name}")
        return super().get(request, *args, **kwargs)

    def get_crumbs(self) -> list[Crumb]:
        return [*_crumbs(self.interaction), Crumb(str(self.interaction), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("interaction", args=[self.interaction.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_success_url(), **kwargs)


class CorrectInteraction(OfInteraction):
    title = _("Correct the contact")
    done = _("Corrected.")
    intro = _("What stood here before stays in the history of the contact.")
    form_class = CorrectForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": ROWS.get(pk=self.interaction.pk)}

    def perform(self, form: BaseForm) -> Interaction:
        asked = {"version": form.cleaned_data["version"], **form.changes()}
        return services.correct_interaction(
            interaction=self.interaction, by=self.request.user, as_of=timezone.now(), **asked
        )

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        """Who was overtaken keeps what they typed, reads what is said, and saves again if they still mean it."""
        if refusal.code == STALE:
            typed = self.request.POST.copy()
            typed["version"] = str(ROWS.get(pk=self.interaction.pk).version)
            form.data = typed
        return super().refused(form, refusal)


class AmendInteraction(OfInteraction):
    title = _("Add a word")
    submit = _("Add")
    done = _("Added.")
    form_class = AmendForm

    def perform(self, form: BaseForm) -> Amendment:
        return services.amend_interaction(
            interaction=self.interaction, by=self.request.user, at=timezone.now(), **form.cleaned_data
        )
