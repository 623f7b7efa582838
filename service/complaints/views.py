"""Complaints with the clock of the law: the register, and one with what was said and what is still due."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from crm.base.tables import DateColumn, NameColumn, Table
from crm.base.templatetags.frame import day, tag
from service.complaints import services
from service.complaints.filters import ComplaintFilter
from service.complaints.forms import AnswerForm, DeclareForm, ExtensionForm, may_be_extended, sayable
from service.complaints.saying import STAGES
from service.models import Complaint
from service.tickets.tables import who_said

COMPLAINTS = (_("Complaints"), "complaints")
ROWS = Complaint.objects.select_related("ticket__customer", "ticket__caller", "ticket__assignee", "ticket__about")


class ComplaintTable(Table):
    due_on = DateColumn()
    number = tables.Column(accessor="ticket__number", verbose_name=_("Number"), attrs={"td": {"class": "text-nowrap"}})
    customer = NameColumn(accessor="ticket__customer", empty_values=(), verbose_name=_("Customer"))
    subject = tables.Column(accessor="ticket__subject", verbose_name=_("Subject"), attrs={"td": {"class": "sentence"}})
    regime = tables.Column()
    stage = tables.Column()
    received_on = DateColumn()
    answered_on = DateColumn(default="–")
    assignee = tables.Column(accessor="ticket__assignee", verbose_name=_("Assigned to"), default="–")

    class Meta:
        model = Complaint
        fields = (
            "due_on",
            "number",
            "customer",
            "subject",
            "regime",
            "stage",
            "received_on",
            "answered_on",
            "assignee",
        )
        sequence = fields

    def row_url(self, record: Complaint) -> str:
        return reverse("complaint", args=[record.pk])

    def render_number(self, record: Complaint) -> str:
        return record.ticket.number_said

    def render_customer(self, record: Complaint) -> str:
        return who_said(record.ticket)

    def value_customer(self, record: Complaint) -> str:
        return record.ticket.who

    def render_regime(self, record: Complaint) -> str:
        return record.regime_said

    def render_stage(self, value: str) -> str:
        return str(STAGES.get(value, value))

    def render_due_on(self, value: Any, record: Complaint) -> str:
        return format_html("{} {}", day(value), tag(_t("late"), "red")) if record.is_late else day(value)


class ComplaintList(ListPage):
    """What is to be answered first; unanswered ones, unless one asks for others."""

    permission = "complaints:read"
    title = _("Complaints")
    parents = [(_("Tickets"), "tickets")]
    queryset = ROWS
    filterset_class = ComplaintFilter
    table_class: ClassVar[type[Table]] = ComplaintTable
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"
    actions = [Action(_("Complaint rules"), "complaint_rules", "gavel", "complaint-rules:read")]
    empty = Empty(
        _("No complaint waits for an answer"),
        _("A ticket that complains stands here with the last day that the law leaves for an answer."),
        icon="gavel",
    )

    @cached_property
    def rows(self) -> QuerySet:
        return super().rows if self.request.GET.get("which") else super().rows.unanswered()


class ComplaintPage(DetailPage):
    permission = "complaints:read"
    reads_are_logged = True
    template_name = "service/complaints/complaint.html"
    context_object_name = "complaint"
    queryset = ROWS.prefetch_related("steps__by")
    object: Complaint

    def get_crumbs(self) -> list[Crumb]:
        ticket = self.object.ticket
        return [Crumb(COMPLAINTS[0], reverse("complaints")), Crumb(str(ticket), reverse("ticket", args=[ticket.pk]))]

    def get_actions(self) -> list[Action]:
        if not self.may("complaints:write") or self.object.answered_on:
            return []
        found = [self._action(_("Answer"), "complaint_answer", "send")]
        if sayable(self.object):
            found.append(self._action(_("Say"), "complaint_declare", "gavel"))
        if may_be_extended(self.object):
            found.append(self._action(_("Ask for an extension"), "complaint_extend", "calendar-plus"))
        return found

    def _action(self, label: Text, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(each, STAGES.get(each.stage.code, each.stage.code)) for each in services.deadlines_of(self.object)]
        labels = dict(services.Act.choices)
        stages = [(each, said, [labels[need] for need in each.missing]) for each, said in rows]
        return super().get_context_data(**{"stages": stages} | kwargs)


class OfComplaint(FormPage):
    permission = "complaints:write"

    @cached_property
    def complaint(self) -> Complaint:
        rows = Complaint.objects.visible_to(self.request.user).select_related("ticket__customer", "ticket__caller")
        return get_object_or_404(rows.prefetch_related("steps"), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.complaint.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(COMPLAINTS[0], reverse("complaints")), Crumb(str(self.complaint), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("complaint", args=[self.complaint.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": str(self.complaint), "cancel_url": self.get_success_url()} | kwargs)

    def said(self, form: BaseForm) -> dict[str, Any]:
        return {"complaint": self.complaint, "by": self.request.user, "at": timezone.now()} | form.cleaned_data


class Answer(OfComplaint):
    title, submit, done = _("Answer the complaint"), _("Answer"), _("The answer is kept, and the ticket is solved.")
    form_class = AnswerForm

    def perform(self, form: BaseForm) -> Any:
        return services.answer(**self.said(form))


class Declare(OfComplaint):
    title, submit, done = _("What is said of the complaint"), _("Keep it"), _("Kept.")
    form_class = DeclareForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"complaint": self.complaint}

    def perform(self, form: BaseForm) -> Any:
        return services.declare(**self.said(form))


class Extend(OfComplaint):
    title, submit = _("Ask for an extension"), _("Propose")
    done = _("Proposed. It counts once it is approved and the customer was told.")
    form_class = ExtensionForm

    def perform(self, form: BaseForm) -> Any:
        return services.ask_extension(**self.said(form))
