"""A customer who is not content: the complaint is looked at again by a head above who had no part in it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import notify
from crm.identity.services.heads import heads_upwards
from service.complaints.letters import write_letter
from service.complaints.regimes import Regime
from service.complaints.words import Letter, Outcome
from service.models import Complaint, ComplaintReview, TicketStep


def reviewers_of(complaint: Complaint) -> list[User]:
    """Heads above the ticket's branch, of the head office its own, the nearest first; nobody who worked on it or whom it is about."""
    ticket = complaint.ticket
    branch = ticket.branch
    heads = heads_upwards(branch)
    above = [head for head in heads if head.branch != branch] if branch and branch.parent_id else heads
    worked: set[int | None] = set(TicketStep.objects.filter(ticket=ticket).values_list("by", flat=True))
    worked |= {ticket.assignee_id, ticket.about_id, *complaint.steps.values_list("by", flat=True)}
    free = [head for head in above if head.pk not in worked]
    return sorted(free, key=lambda head: (-len(head.branch.path), head.pk))  # type: ignore[union-attr]  # heads have one


@transaction.atomic
def ask_review(
    *, complaint: Complaint, words: str, by: User, at: datetime, reviewer: User | None = None
) -> ComplaintReview:
    """Of the final answer, once; by the nearest above unless another one is said. Raises RuleBroken."""
    complaint = Complaint.objects.for_change(complaint)
    if complaint.answered_on is None:
        raise RuleBroken(_("There is no answer yet that could be reviewed."), code="unanswered")
    if ComplaintReview.objects.filter(complaint=complaint).exists():
        raise RuleBroken(_("A complaint is reviewed once."), code="reviewed")
    if complaint.ticket.about_id == by.pk:
        raise RuleBroken(_("Nobody handles a complaint about themselves."), code="about")
    if not words.strip():
        raise RuleBroken(_("Say it in words."), field="words", code="required")
    fit = [head for head in reviewers_of(complaint) if head != by]
    if not fit:
        raise RuleBroken(_("There is nobody above who had no part in it."), field="reviewer", code="nobody")
    if reviewer is not None and reviewer not in fit:
        text = _("%(user)s does not stand above it, or had a part in it.") % {"user": reviewer}
        raise RuleBroken(text, field="reviewer", code="reviewer")
    today = timezone.localdate(at)
    review = ComplaintReview.objects.create(
        complaint=complaint, asked_on=today, asked_by=by, words=words.strip(), reviewer=reviewer or fit[0],
        due_on=today + timedelta(days=Regime.parse(complaint.rules).review_days),
    )  # fmt: skip
    number = complaint.ticket.number_said
    text = _("A complaint is to be reviewed by you: %(number)s") % {"number": number}
    notify(users=[review.reviewer], text=text, url=reverse("complaint", args=[complaint.pk]), at=at)
    audit.record(
        "complaint.review_asked", review, by=by, number=complaint.ticket.number, reviewer=review.reviewer.username
    )
    return review


@transaction.atomic
def decide_review(
    *, review: ComplaintReview, outcome: str, words: str, by: User, at: datetime, language: str = ""
) -> ComplaintReview:
    """By the reviewer alone; the customer gets a letter. Raises RuleBroken."""
    complaint = Complaint.objects.for_change(review.complaint)
    review = ComplaintReview.objects.get(pk=review.pk)
    if review.reviewer_id != by.pk:
        raise RuleBroken(_("Only the reviewer decides."), code="reviewer")
    if review.decided_on is not None:
        raise RuleBroken(_("This review is decided."), code="decided")
    if not words.strip():
        raise RuleBroken(_("Say it in words."), field="words", code="required")
    review.decided_on, review.outcome, review.decision = timezone.localdate(at), Outcome(outcome), words.strip()
    review.save(update_fields=["decided_on", "outcome", "decision"])
    write_letter(complaint=complaint, kind=Letter.REVIEW, words=review.decision, by=by, at=at, language=language)
    audit.record("complaint.reviewed", review, by=by, number=complaint.ticket.number, outcome=str(outcome))
    return review
