"""Service requests: the list, one with what was said and what became of it, and what one does with it."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from crm.base.slots import contributions
from segmentation.decisions.views import crumbs_of
from service.models import ServiceRequest
from service.requests import services
from service.requests.filters import RequestFilter
from service.requests.forms import CancelForm, VersionForm
from service.requests.shown import COLOURS, is_open_to, said_answers
from service.requests.tables import RequestTable
from service.requests.words import State

REQUESTS = (_("Service requests"), "service_requests")
ROWS = ServiceRequest.objects.select_related("customer", "requested_by", "authorised_by")
# panels of the page of a request
PANELS = "service_request.panels"
CHOOSE = {"which", "state"}


class RequestList(ListPage):
    """The newest first; open ones, unless one asks for others."""

    permission = "service-requests:read"
    title = _("Service requests")
    parents = [(_("Tickets"), "tickets")]
    queryset = ROWS
    filterset_class = RequestFilter
    table_class: ClassVar[type[RequestTable]] = RequestTable
    ordering_fields = {"requested_at": "requested_at"}
    ordering = "-requested_at"
    actions = [Action(_("Request forms"), "request_forms", "forms", "request-forms:read")]
    empty = Empty(
        _("No request is open"),
        _(
            "What customers ask the bank to do stands here until the bank's core has done it. One begins on the customer's page."
        ),
        icon="file-text",
    )

    @cached_property
    def rows(self) -> QuerySet:
        is_default = not any(self.request.GET.get(name) for name in CHOOSE)
        return super().rows.open() if is_default else super().rows


class RequestPage(DetailPage):
    permission = "service-requests:read"
    reads_are_logged = True
    template_name = "service/requests/request.html"
    context_object_name = "asked"
    queryset = ROWS.select_related("customer__manager", "customer__branch", "ticket", "call").prefetch_related(
        "steps__by"
    )
    object: ServiceRequest

    def get_title(self) -> Text:
        return f"{self.object.name} {self.object}"

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(REQUESTS[0], reverse("service_requests")), crumbs_of(self.object.customer)[-1]]

    def get_actions(self) -> list[Action]:
        if not self.may("service-requests:write"):
            return []
        found = []
        is_second = self.object.requested_by_id != self.request.user.pk
        if self.object.state == State.REQUESTED and is_second:
            found.append(self._action(_("Authorise"), "service_request_authorise", "circle-check"))
        if self.object.state in (State.REQUESTED, State.AUTHORISED):
            found.append(self._action(_("Cancel the request"), "service_request_cancel", "x"))
        return found

    def panels(self) -> list[str]:
        """What other rooms say of it."""
        asked = [panel for panel in contributions(PANELS) if self.may(panel.permission)]
        found = [(panel, panel.context(self.request, self.object)) for panel in asked]
        return [render_to_string(panel.template, said, self.request) for panel, said in found if said is not None]

    def _action(self, label: Text, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = {
            "answers": list(said_answers(self.object, user)),
            "is_hidden": not is_open_to(self.object, user),
            "colour": COLOURS[State(self.object.state)],
            "panels": self.panels(),
        }
        return super().get_context_data(**context | kwargs)


class OfRequest(FormPage):
    permission = "service-requests:write"

    @cached_property
    def asked(self) -> ServiceRequest:
        rows = ServiceRequest.objects.visible_to(self.request.user).select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.asked.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(REQUESTS[0], reverse("service_requests")), Crumb(str(self.asked), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("service_request", args=[self.asked.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = f"{self.asked.name}, {self.asked.customer}"
        return super().get_context_data(**{"intro": intro, "cancel_url": self.get_success_url()} | kwargs)

    def said(self, form: BaseForm) -> dict[str, Any]:
        return {"request": self.asked, "by": self.request.user, "at": timezone.now()} | form.cleaned_data


class Authorise(OfRequest):
    title, submit = _("Authorise the request"), _("Authorise")
    done = _("Authorised. It goes to the bank's core.")
    form_class = VersionForm

    def perform(self, form: BaseForm) -> Any:
        return services.authorise(**self.said(form))


class Cancel(OfRequest):
    title, submit, done = _("Cancel the request"), _("Cancel the request"), _("The request is cancelled.")
    form_class = CancelForm

    def perform(self, form: BaseForm) -> Any:
        return services.cancel(**self.said(form))
