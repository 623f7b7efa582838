"""Prospects: the list, one with its course, noting, changing, losing and converting."""

from typing import Any, ClassVar

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from crm.identity.scope import scope_of
from customers.models import Customer
from customers.views.change import ChangePage
from managers.models import Prospect
from managers.prospects import services
from managers.prospects.filters import ProspectFilter
from managers.prospects.forms import ChangeForm, ConvertForm, LoseForm, NoteForm
from managers.prospects.tables import OUTCOMES, STAGES, ProspectTable, days_to_money
from segmentation.decisions.views import crumbs_of

HERE: tuple[Text, str] = (_("Prospects"), "prospects")
REGISTER = Action(_("Register a prospect"), "customer_add", icon="user-plus", permission="customers:write")


class ProspectList(ListPage):
    permission = "prospects:read"
    title = HERE[0]
    queryset = Prospect.objects.select_related("customer__manager", "referrer").with_outcome().with_course()
    filterset_class = ProspectFilter
    table_class: ClassVar[Any] = ProspectTable
    ordering_fields = {"noted_at": "noted_at"}
    ordering = "-noted_at"
    actions = [REGISTER]
    empty = Empty(
        _("No prospect is noted"),
        _("Who is registered and no customer yet gets a source and a next step on their page."),
        REGISTER,
        icon="user-search",
    )


class ProspectPage(DetailPage):
    permission = "prospects:read"
    reads_are_logged = True
    template_name = "managers/prospects/prospect.html"
    context_object_name = "prospect"
    queryset = ProspectList.queryset.select_related("customer__branch", "noted_by")
    object: Prospect

    def get_title(self) -> str:
        return str(self.object.customer)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), crumbs_of(self.object.customer)[-1]]

    def get_actions(self) -> list[Action]:
        if self.object.customer.status != Customer.Status.PROSPECT or not self.may("prospects:write"):
            return []
        found = [self._action(_("Change"), "prospect_change", "pencil")]
        if self.object.stage != Prospect.Stage.LOST:
            found.insert(0, self._action(_("Convert"), "prospect_convert", "user-check"))
            found.append(self._action(_("Lost"), "prospect_lose", "x"))
        return found

    def _action(self, label: Any, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: Any = self.object
        sender = told.referrer if told.referrer and scope_of(self.request.user).holds(told.referrer) else None
        label, colour = OUTCOMES[told.outcome], STAGES.get(told.outcome, "secondary")
        shown = {"stage": label, "colour": colour, "sender": sender, "days": days_to_money(told)}
        return super().get_context_data(**shown | kwargs)


class NoteProspect(ChangePage):
    """Of a customer in reach."""

    permission = "prospects:write"
    title = _("Source and next step")
    form_class = NoteForm
    done = _("Noted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> Prospect:
        said = {"by": self.request.user, "at": timezone.now()} | form.cleaned_data
        return services.note_prospect(customer=self.customer, **said)


class OfProspect(FormPage):
    permission = "prospects:write"

    @cached_property
    def prospect(self) -> Prospect:
        rows = Prospect.objects.visible_to(self.request.user).select_related("customer", "referrer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.prospect.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), Crumb(str(self.prospect.customer), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("prospect", args=[self.prospect.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)

    def said(self, form: BaseForm) -> dict[str, Any]:
        return {"prospect": self.prospect, "by": self.request.user, "at": timezone.now(), **form.cleaned_data}


class ChangeProspect(OfProspect):
    title = _("Change the prospect")
    form_class = ChangeForm
    done = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        known = {name: getattr(self.prospect, name) for name in ("source", "stage", "next_step", "next_on")}
        referrer = self.prospect.referrer
        number = referrer.number if referrer and not self.hides_referrer else ""
        return super().get_initial() | known | {"referrer": number}

    @cached_property
    def hides_referrer(self) -> bool:
        """One out of reach stays as they are, unseen, until somebody else is said."""
        referrer = self.prospect.referrer
        return referrer is not None and not scope_of(self.request.user).holds(referrer)

    def perform(self, form: BaseForm) -> Prospect:
        said = self.said(form)
        if self.hides_referrer and not said["referrer"]:
            del said["referrer"]
        return services.change_prospect(**said)


class LoseProspect(OfProspect):
    title = _("Lost")
    submit = _("It is lost")
    form_class = LoseForm
    done = _("Saved.")

    def perform(self, form: BaseForm) -> Prospect:
        return services.lose_prospect(**self.said(form))


class ConvertProspect(OfProspect):
    title = _("Convert")
    submit = _("They are a customer")
    intro = _("The record stays with all that was typed; from today on it is that of an active customer.")
    form_class = ConvertForm
    done = _("Converted.")

    def perform(self, form: BaseForm) -> Prospect:
        return services.convert_prospect(**self.said(form))

    def get_success_url(self) -> str:
        is_done = getattr(self, "result", None) is not None
        return reverse("customer", args=[self.prospect.customer_id]) if is_done else super().get_success_url()
