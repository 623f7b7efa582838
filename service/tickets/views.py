"""Tickets: the queue, one with its history, and a new one."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage, Page
from crm.base.pages.access import Crumb, Text
from customers.models import Call, Interaction
from customers.views.change import ChangePage
from segmentation.decisions.views import crumbs_of
from service.models import Ticket
from service.tickets.assigning import take_next
from service.tickets.filters import TicketListFilter
from service.tickets.forms import MessageForm, ReplyForm, TicketForm
from service.tickets.services import open_ticket
from service.tickets.shown import begun_reply, panels_of, shown_of
from service.tickets.tables import PRIORITIES, STATUSES, TicketTable
from service.words import Kind, Priority, Status

TICKETS = (_("Tickets"), "tickets")
NEW = Action(_("New ticket"), "ticket_add", icon="plus", permission="tickets:write", key="n")
CHOOSE = {"which", "status", "figure"}


class TicketList(ListPage):
    """What is due first stands first; open ones, unless one asks for others."""

    permission = "tickets:read"
    title = _("Tickets")
    queryset = Ticket.objects.select_related("customer", "caller", "queue", "assignee")
    filterset_class = TicketListFilter
    table_class: ClassVar[type[TicketTable]] = TicketTable
    ordering_fields = {"due_at": "due_at", "opened_at": "opened_at"}
    ordering = "due_at"
    actions = [
        Action(_("Take the next"), "ticket_next", icon="hand-grab", permission="tickets:write", post=True),
        NEW,
        Action(_("Queues"), "ticket_queues", icon="stack-2", permission="ticket-queues:read"),
        Action(_("Service requests"), "service_requests", icon="file-text", permission="service-requests:read"),
        Action(_("Board"), "ticket_boards", icon="chart-bar", permission="ticket-boards:read"),
        Action(_("Work orders"), "work_orders", icon="clipboard-list", permission="work-orders:read"),
    ]
    empty = Empty(
        _("No open ticket"),
        _("What customers ask, want or complain about stands here until it is solved, what is due first first."),
        NEW,
        icon="ticket",
    )

    @cached_property
    def rows(self) -> QuerySet:
        is_default = not any(self.request.GET.get(name) for name in CHOOSE)
        return super().rows.open() if is_default else super().rows


class TakeNext(Page):
    permission = "tickets:write"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ticket = take_next(by=self.request.user, at=timezone.now())
        if ticket is None:
            messages.info(request, str(_("Nothing waits for you in the queues of your teams.")))
            return redirect("tickets")
        return redirect("ticket", ticket.pk)


class TicketPage(DetailPage):
    permission = "tickets:read"
    reads_are_logged = True
    template_name = "service/tickets/ticket.html"
    context_object_name = "ticket"
    queryset = Ticket.objects.select_related(
        "customer__manager", "customer__branch", "caller", "queue", "assignee", "about", "opened_by", "parent", "levels"
    )
    object: Ticket

    def get_title(self) -> Text:
        return str(self.object)

    def get_crumbs(self) -> list[Crumb]:
        return [
            Crumb(TICKETS[0], reverse("tickets")),
            *([crumbs_of(customer)[-1]] if (customer := self.object.customer) else []),
        ]

    def get_actions(self) -> list[Action]:
        if not self.may("tickets:write") or self.object.status == Status.CLOSED:
            return []
        found = [self._action(_("Status"), "ticket_move", "arrow-right")]
        if self.object.is_open:
            found.append(self._action(_("Assign"), "ticket_assign", "user-share"))
        return found

    def _action(self, label: Text, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ticket = self.object
        may_write, said = self.may("tickets:write"), {"version": ticket.version}
        context = shown_of(ticket, self.request.user) | {
            "status_colour": STATUSES[Status(ticket.status)],
            "priority_colour": PRIORITIES[Priority(ticket.priority)],
            "panels": panels_of(self.request, ticket),
            "may_write": may_write,
            "may_say": may_write and ticket.status != Status.CLOSED,
            "reply_form": ReplyForm(initial=said | begun_reply(self.request, ticket), ticket=ticket, prefix=""),
            "word_form": MessageForm(initial=said, auto_id="word_%s"),
            "note_form": MessageForm(initial=said, auto_id="note_%s"),
        }
        return super().get_context_data(**context | kwargs)


class Opens(FormPage):
    permission = "tickets:write"
    title = _("New ticket")
    submit = _("Open the ticket")
    form_class = TicketForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> Ticket:
        said = form.cleaned_data
        return open_ticket(by=self.request.user, at=timezone.now(), **said)

    def get_success_url(self) -> str:
        """Back to the call that goes on; who opened a complaint about themselves sees it no more."""
        call = self.request.GET.get("call", "")
        if call.isdecimal() and Call.objects.filter(agent=self.request.user, pk=int(call)).exists():
            return reverse("call", args=[call])
        made = getattr(self, "result", None)
        is_seen = made is not None and made.about_id != self.request.user.pk
        return reverse("ticket", args=[made.pk]) if made and is_seen else reverse("tickets")


class NewTicket(Opens):
    parents = [TICKETS]
    cancel_to = "tickets"
    actions = [Action(_("Of no customer"), "ticket_of_nobody", icon="user-question", permission="callers:write")]

    def get_initial(self) -> dict[str, Any]:
        return {"customer": self.request.GET.get("customer", ""), "channel": Interaction.Channel.BRANCH}


class NewTicketOfCustomer(Opens, ChangePage):
    """From the customer's page; during a call it came by phone."""

    permission = "tickets:write"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"customer": self.customer}

    def get_initial(self) -> dict[str, Any]:
        calls = Call.objects.filter(agent=self.request.user, customer=self.customer).order_by("-begun_at")
        call = calls.first()
        speaks = call is not None and not call.is_over(timezone.now())
        kind = {"kind": said} if (said := self.request.GET.get("kind")) in Kind.values else {}
        return {"channel": Interaction.Channel.PHONE if speaks else Interaction.Channel.BRANCH} | kind

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": reverse("customer", args=[self.customer.pk])} | kwargs)

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def perform(self, form: BaseForm) -> Ticket:
        said = form.cleaned_data
        return open_ticket(customer=self.customer, by=self.request.user, at=timezone.now(), **said)
