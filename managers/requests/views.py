"""Resource requests: the list, one with its conditions, asking, deciding, and granted against kept."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from managers.books.filters import ManagerFilter
from managers.models import Manager, ResourceRequest
from managers.requests.filters import RequestFilter
from managers.requests.forms import DeclineForm, GrantForm, RequestForm
from managers.requests.proposals import percent
from managers.requests.report import with_grants
from managers.requests.services import ask, decline, grant
from managers.requests.tables import STATES, GrantTable, RequestTable
from managers.requests.terms import RULES, limit_of
from segmentation.decisions.views import crumbs_of

ASK = Action(_("Ask for a resource"), "resource_request_add", icon="plus", permission="resource-requests:write")
HERE: tuple[Text, str] = (_("Resource requests"), "resource_requests")
State = ResourceRequest.State


class RequestList(ListPage):
    permission = "resource-requests:read"
    title = _("Resource requests")
    queryset = ResourceRequest.objects.select_related(
        "customer", "product", "fee", "asked_by", "decided_by"
    ).with_outcome()
    filterset_class = RequestFilter
    table_class: ClassVar[Any] = RequestTable
    ordering_fields = {"asked_at": "asked_at"}
    ordering = "-asked_at"
    actions = [ASK, Action(_("Granted against kept"), "resource_grants", icon="scale")]
    empty = Empty(
        _("Nothing was asked for yet"),
        _(
            "A manager asks for a rate, a limit, a quota or a fee for a customer, with what the customer keeps to for it."
        ),
        ASK,
        icon="cash",
    )


class GrantReport(ListPage):
    permission = "resource-requests:read"
    title = _("Granted against kept")
    parents = [HERE]
    queryset = Manager.objects.at_work().select_related("branch")
    filterset_class = ManagerFilter
    table_class: ClassVar[Any] = GrantTable
    ordering_fields = {"username": "username"}
    ordering = "username"
    empty = Empty(_("No manager in your reach"), icon="users")

    def get_queryset(self) -> QuerySet:
        today = timezone.localdate()
        return with_grants(super().get_queryset().with_book(today), self.request.user, today)


class RequestPage(DetailPage):
    permission = "resource-requests:read"
    reads_are_logged = True
    template_name = "managers/requests/request.html"
    context_object_name = "asked"
    queryset = ResourceRequest.objects.select_related(
        "customer__branch", "product", "fee", "asked_by", "decided_by", "proposal"
    ).with_outcome()
    object: ResourceRequest

    def get_title(self) -> str:
        return f"{self.object} · {self.object.customer}"

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), crumbs_of(self.object.customer)[-1]]

    def get_actions(self) -> list[Action]:
        user, asked = self.request.user, self.object
        if asked.state != State.WAITING or not self.may("resource-requests:write"):
            return []
        found, key = [], [asked.pk]
        limit = limit_of(RULES.content_on(timezone.localdate()), asked.kind, user)
        if asked.asked_by_id != user.pk and asked.measure <= limit:
            found.append(Action(_("Grant"), reverse("resource_request_grant", args=key), icon="check", dialog=True))
        if user.role == user.Role.HEAD or asked.asked_by_id == user.pk:
            label = _("Take back") if asked.asked_by_id == user.pk else _("Decline")
            found.append(Action(label, reverse("resource_request_decline", args=key), icon="x", dialog=True))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked: Any = self.object
        conditions = list(asked.conditions.prefetch_related("checks").order_by("pk"))
        shown = {
            "conditions": conditions,
            "state": State(asked.outcome).label,
            "colour": STATES[State(asked.outcome)],
            "price": None if asked.price is None else percent(asked.price),
            "usual": None if asked.usual is None else percent(asked.usual),
        }
        return super().get_context_data(**shown | kwargs)


class AskForResource(FormPage):
    permission = "resource-requests:write"
    title = _("Ask for a resource")
    parents = [HERE]
    form_class = RequestForm
    submit = _("Ask")
    cancel_to = "resource_requests"
    intro = _("What you may grant is granted at once. Above that a head or an approver decides.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"customer": self.request.GET.get("customer", "")}

    def perform(self, form: BaseForm) -> ResourceRequest:
        assert isinstance(form, RequestForm)
        return ask(by=self.request.user, at=timezone.now(), **form.said())

    def get_done(self) -> Text:
        return {
            State.GRANTED: _t("Granted."),
            State.WAITING: _t("Asked: a head decides."),
            State.PROPOSED: _t("Asked: an approver decides."),
        }[State(self.result.state)]

    def get_success_url(self) -> str:
        return reverse("resource_request", args=[self.result.pk])


class OfRequest(FormPage):
    permission = "resource-requests:write"

    @cached_property
    def asked(self) -> ResourceRequest:
        rows = ResourceRequest.objects.visible_to(self.request.user)
        return get_object_or_404(rows.select_related("customer", "product", "fee"), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.asked.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), Crumb(str(self.asked), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("resource_request", args=[self.asked.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"intro": f"{self.asked} · {self.asked.customer}", "cancel_url": self.get_success_url()}
        return super().get_context_data(**said | kwargs)

    def verb(self, form: BaseForm) -> dict[str, Any]:
        return {"request": self.asked, "by": self.request.user, "at": timezone.now(), **form.cleaned_data}


class GrantRequest(OfRequest):
    title = _("Grant")
    submit = _("Grant")
    form_class = GrantForm
    done = _("Granted.")

    def perform(self, form: BaseForm) -> ResourceRequest:
        return grant(**self.verb(form))


class DeclineRequest(OfRequest):
    title = _("Decline")
    submit = _("Decline")
    form_class = DeclineForm
    done = _("Declined.")

    def perform(self, form: BaseForm) -> ResourceRequest:
        return decline(**self.verb(form))
