"""What one does with a ticket: a form, one service each."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base import signals
from crm.base.errors import RuleBroken
from crm.base.pages import FormPage, Page
from crm.base.pages.access import Crumb
from customers.documents.showing import ENDINGS, POLICIES, POLICY
from customers.models import DocumentImage
from service.models import Ticket, TicketAttachment
from service.tickets import assigning, joining, services
from service.tickets.forms import AssignForm, LinkForm, MessageForm, MoveForm, PriorityForm, ReplyForm


class OfTicket(FormPage):
    permission = "tickets:write"

    @cached_property
    def ticket(self) -> Ticket:
        rows = Ticket.objects.visible_to(self.request.user).select_related("customer__manager", "caller", "assignee")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.ticket.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Tickets"), reverse("tickets")), Crumb(str(self.ticket), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("ticket", args=[self.ticket.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": str(self.ticket), "cancel_url": self.get_success_url()} | kwargs)

    def said(self, form: BaseForm) -> dict[str, Any]:
        return {"ticket": self.ticket, "by": self.request.user, "at": timezone.now()} | form.cleaned_data


class OfStatus(OfTicket):
    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"ticket": self.ticket}


class Reply(OfStatus):
    title, submit, done = _("Reply to the customer"), _("Reply"), _("The reply is kept.")
    form_class = ReplyForm

    def perform(self, form: BaseForm) -> Any:
        return services.reply(**self.said(form))


class Word(OfTicket):
    title, submit, done = _("What the customer says"), _("Keep it"), _("Kept.")
    form_class = MessageForm

    def perform(self, form: BaseForm) -> Any:
        return services.hear(**self.said(form))


class Note(OfTicket):
    title, submit, done = _("Internal note"), _("Keep the note"), _("The note is kept. The customer never reads it.")
    form_class = MessageForm

    def perform(self, form: BaseForm) -> Any:
        return services.note(**self.said(form))


class Move(OfStatus):
    title, submit, done = _("Status"), _("Save"), _("Saved.")
    form_class = MoveForm

    def perform(self, form: BaseForm) -> Ticket:
        return services.move(**self.said(form))


class Assign(OfTicket):
    title, submit, done = _("Assign"), _("Assign"), _("Assigned.")
    form_class = AssignForm

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"to": self.request.user.username}

    def perform(self, form: BaseForm) -> Ticket:
        said = self.said(form)
        to, queue = said.pop("to"), said.pop("queue")
        return assigning.enqueue(queue=queue, **said) if queue else assigning.assign(to=to, **said)


class Prioritise(OfTicket):
    title, submit, done = _("Priority"), _("Save"), _("Saved.")
    form_class = PriorityForm

    def perform(self, form: BaseForm) -> Ticket:
        return services.set_priority(**self.said(form))


class Link(OfTicket):
    title, submit, done = _("Link to another ticket"), _("Link"), _("Linked.")
    form_class = LinkForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> Any:
        return joining.link(**self.said(form))


class Watch(Page):
    """`do` is watch or unwatch."""

    permission = "tickets:read"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = self.request.user
        ticket = get_object_or_404(Ticket.objects.visible_to(user).select_related("customer"), pk=kwargs["pk"])
        try:
            if request.POST.get("do") == "unwatch":
                joining.unwatch(ticket=ticket, by=user)
            else:
                joining.watch(ticket=ticket, by=user, at=timezone.now())
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        return redirect("ticket", ticket.pk)


class Attachment(Page):
    """The file itself, never run by the browser; that it was opened is kept."""

    permission = "tickets:read"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = Ticket.objects.visible_to(self.request.user).order_by().values("pk")
        rows = TicketAttachment.objects.filter(message__ticket__in=seen).select_related("message__ticket")
        found = get_object_or_404(rows, pk=kwargs["file"], message__ticket=kwargs["pk"])
        signals.read.send(Ticket, user=request.user, obj=found.message.ticket, what="ticket.attachment")
        kind = DocumentImage.Kind(found.content_type)
        answer = HttpResponse(found.content, content_type=kind.value)
        answer["Content-Disposition"] = f'attachment; filename="ticket-{found.pk}.{ENDINGS[kind]}"'
        answer["Content-Security-Policy"] = POLICIES.get(kind, POLICY)
        answer["X-Content-Type-Options"] = "nosniff"
        return answer
