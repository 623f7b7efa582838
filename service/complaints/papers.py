"""Pages of the letters, the review and the compensation of a complaint."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base import signals
from crm.base.pages import Page
from service.complaints.compensating import ask_compensation
from service.complaints.forms import AcknowledgeForm, CompensateForm, DecideForm, ReviewForm
from service.complaints.letters import acknowledge, paper_of
from service.complaints.reviewing import ask_review, decide_review
from service.complaints.views import OfComplaint
from service.models import Complaint, ComplaintLetter, ComplaintReview


class Acknowledge(OfComplaint):
    title, submit, done = _("Acknowledge the complaint"), _("Send"), _("The letter is kept.")
    form_class = AcknowledgeForm

    def perform(self, form: BaseForm) -> Any:
        return acknowledge(**self.said(form))


class AskReview(OfComplaint):
    title, submit, done = _("Ask for a review"), _("Ask for it"), _("The reviewer is told.")
    form_class = ReviewForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"complaint": self.complaint}

    def perform(self, form: BaseForm) -> Any:
        return ask_review(**self.said(form))


class DecideReview(OfComplaint):
    title, submit, done = (
        _("Decide the review"),
        pgettext_lazy("a review", "Decide"),
        _("Decided; the letter to the customer is kept."),
    )
    form_class = DecideForm

    @cached_property
    def review(self) -> ComplaintReview:
        rows = ComplaintReview.objects.filter(complaint=self.complaint, reviewer=self.request.user)
        return get_object_or_404(rows.select_related("complaint"))

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"outcome": self.review.outcome}

    def perform(self, form: BaseForm) -> Any:
        return decide_review(review=self.review, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class LetterPaper(Page):
    """The PDF; that it was opened is kept."""

    permission = "complaints:read"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = ComplaintLetter.objects.visible_to(request.user).select_related("complaint__ticket")
        sent = get_object_or_404(rows, pk=kwargs["letter"], complaint=kwargs["pk"])
        signals.read.send(Complaint, user=request.user, obj=sent.complaint, what="complaint.letter")
        named = {"Content-Disposition": f'inline; filename="complaint-{sent.complaint_id}-{sent.kind}.pdf"'}
        return HttpResponse(paper_of(sent), content_type="application/pdf", headers=named)


class Compensate(OfComplaint):
    title, submit = _("Compensate"), _("Propose")
    done = _("Proposed. Somebody else decides; the waiver ledger has it then.")
    form_class = CompensateForm

    def is_allowed(self) -> bool:
        return super().is_allowed() and self.may("waivers:write") and self.complaint.ticket.customer is not None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"customer": self.complaint.ticket.customer}

    def perform(self, form: BaseForm) -> Any:
        return ask_compensation(**self.said(form))
