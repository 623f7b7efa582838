"""Complaints with the clock of the law: the register, and one with what was said and what is still due."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvals.models import Proposal
from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from crm.base.tables import Table
from segmentation.rules.sentences import money
from service.complaints import services
from service.complaints.filters import ComplaintFilter
from service.complaints.forms import AnswerForm, DeclareForm, ExtensionForm, may_be_extended, sayable
from service.complaints.saying import STAGES, Found
from service.complaints.tables import ComplaintTable
from service.complaints.words import Letter
from service.models import Compensation, Complaint

COMPLAINTS = (_("Complaints"), "complaints")
ROWS = Complaint.objects.select_related("ticket__customer", "ticket__caller", "ticket__assignee", "ticket__about")


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
    actions = [
        Action(pgettext_lazy("complaints", "Register"), "complaint_register", "table", "complaint-register:read"),
        Action(_("Complaint rules"), "complaint_rules", "gavel", "complaint-rules:read"),
    ]
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
    queryset = ROWS.select_related("review_above__reviewer", "review_above__asked_by").prefetch_related(
        "steps__by", "letters__sent_by"
    )
    object: Complaint

    def get_crumbs(self) -> list[Crumb]:
        ticket = self.object.ticket
        return [Crumb(COMPLAINTS[0], reverse("complaints")), Crumb(str(ticket), reverse("ticket", args=[ticket.pk]))]

    def get_actions(self) -> list[Action]:
        if not self.may("complaints:write"):
            return []
        if self.object.answered_on:
            return self._after()
        found = [self._action(_("Answer"), "complaint_answer", "send")]
        if sayable(self.object):
            found.append(self._action(_("Say"), "complaint_declare", "gavel"))
        if may_be_extended(self.object):
            found.append(self._action(_("Ask for an extension"), "complaint_extend", "calendar-plus"))
        if Letter.ACKNOWLEDGEMENT not in [each.kind for each in self.object.letters.all()]:
            found.append(self._action(_("Acknowledge"), "complaint_acknowledge", "mail"))
        return found

    def _after(self) -> list[Action]:
        """Of the answer."""
        review = getattr(self.object, "review_above", None)
        if review is None:
            return [self._action(_("Ask for a review"), "complaint_review", "arrow-up")]
        is_ours = review.reviewer == self.request.user and review.decided_on is None
        return [self._action(_("Decide the review"), "complaint_review_decide", "gavel")] if is_ours else []

    def _action(self, label: Text, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(each, STAGES.get(each.stage.code, each.stage.code)) for each in services.deadlines_of(self.object)]
        labels = dict(services.Act.choices)
        stages = [(each, said, [labels[need] for need in each.missing]) for each, said in rows]
        found = Found()
        context = {
            "stages": stages,
            "review": getattr(self.object, "review_above", None),
            "compensations": self._compensations(),
            "cause": found.cause(self.object),
            "remedies": found.remedy(self.object),
            "may_compensate": self._may_compensate(),
        }
        return super().get_context_data(**context | kwargs)

    def _may_compensate(self) -> bool:
        is_somebodys = self.object.ticket.customer_id is not None
        return is_somebodys and self.may("complaints:write") and self.may("waivers:write")

    def _compensations(self) -> list[tuple[Compensation, str, bool]]:
        """What was given back of each, and whether the user may open its proposal."""
        rows = Compensation.objects.filter(complaint=self.object).select_related("proposal").with_given()
        seen = set(
            Proposal.objects.visible_to(self.request.user)
            .filter(pk__in=[each.proposal_id for each in rows])
            .values_list("pk", flat=True)
        )
        return [(each, money(each.given, each.currency), each.proposal_id in seen) for each in rows]


class OfComplaint(FormPage):
    permission = "complaints:write"

    @cached_property
    def complaint(self) -> Complaint:
        rows = Complaint.objects.visible_to(self.request.user).select_related("ticket__customer")
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
