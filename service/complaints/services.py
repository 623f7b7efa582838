"""Verbs on complaints: received, found to be complex, extended under four eyes, told of, answered. The clock follows; nothing pauses it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.services.versions import STALE
from service.complaints.clock import Deadline, deadlines, due
from service.complaints.letters import write_letter
from service.complaints.regimes import Regime
from service.complaints.versions import pack_on, rules_on
from service.complaints.words import Letter
from service.models import Complaint, LegalStep, Ticket
from service.tickets.services import reply
from service.words import Kind, Status

EXTENSION = "complaint_extension"
Act = LegalStep.Act
# what a person says of a complaint; an approval comes of a proposal alone
SAID = (Act.COMPLEX, Act.NOTICED, Act.HOLDING_REPLY)
# what the customer reads, and the letter that says it
TOLD = {Act.NOTICED: Letter.EXTENSION, Act.HOLDING_REPLY: Letter.HOLDING, Act.ANSWERED: Letter.FINAL}


@transaction.atomic
def receive(*, ticket: Ticket, by: Any, at: datetime, received_on: date | None = None, regime: str = "") -> Complaint:
    """With the ticket, by the regime of the bank unless another is said; the day of receipt may lie before. Raises RuleBroken."""
    day = received_on or timezone.localdate(at)
    if day > timezone.localdate(at):
        raise RuleBroken(_("It was received today or before."), field="received_on")
    if ticket.kind != Kind.COMPLAINT or Complaint.objects.filter(ticket=ticket).exists():
        raise RuleBroken(_("Only a ticket that complains has a clock of the law, and one alone."), field="ticket")
    pack = pack_on(regime or settings.CRM_COMPLAINT_REGIME, timezone.localdate(at))
    first = due(deadlines(Regime.parse(pack), day, []))
    complaint = Complaint.objects.create(
        ticket=ticket, regime=pack["code"], rules=pack, received_on=day, due_on=first.due_on, stage=first.stage.code
    )
    _say(complaint, Act.RECEIVED, by=by, at=at, on=day)
    return complaint


def of_ticket(*, ticket: Ticket, by: Any, at: datetime, received_on: date | None = None, regime: str = "") -> None:
    """Slot "ticket.opened": the clock of the law begins with the ticket."""
    if ticket.kind == Kind.COMPLAINT:
        receive(ticket=ticket, by=by, at=at, received_on=received_on, regime=regime)


def refuse_unanswered(ticket: Ticket) -> None:
    """Slot "ticket.ending"."""
    if Complaint.objects.unanswered().filter(ticket=ticket).exists():
        raise RuleBroken(_("A complaint ends with its final answer."), field="status", code="unanswered")


def deadlines_of(complaint: Complaint) -> list[Deadline]:
    said = [(step.act, step.on) for step in complaint.steps.all()]
    return deadlines(Regime.parse(complaint.rules), complaint.received_on, said)


@transaction.atomic
def declare(
    *, complaint: Complaint, act: str, words: str, by: User, at: datetime, version: int | None = None, language: str = ""
) -> Complaint:  # fmt: skip
    """That it is complex, that the customer was told of an extension, or a holding reply; in time, where it is to count."""
    complaint = _for_change(complaint, version)
    if act not in SAID:
        raise RuleBroken(_("Nobody says this by hand."), field="act")
    asked = {need for stage in Regime.parse(complaint.rules).stages for need in stage.needs}
    if act not in asked:
        raise RuleBroken(_("The regime of this complaint does not know it."), field="act")
    if act == Act.NOTICED and not complaint.steps.filter(act=Act.APPROVED).exists():
        raise RuleBroken(_("An extension is approved before the customer is told of it."), field="act")
    if timezone.localdate(at) > complaint.due_on:
        day = said_day(complaint.due_on)
        raise RuleBroken(_("The last day was %(day)s: nothing extends it any more.") % {"day": day})
    return _said(complaint, Act(act), words, by=by, at=at, language=language)


@transaction.atomic
def answer(
    *, complaint: Complaint, words: str, cause: str, remedies: Iterable[str], by: User, at: datetime, version: int | None = None,
    language: str = "",
) -> Complaint:  # fmt: skip
    """The final answer, with the root cause and what is done about it; the customer reads the words, and the ticket is solved."""
    complaint = _for_change(complaint, version)
    rules, chosen = rules_on(timezone.localdate(at)), list(dict.fromkeys(remedies))
    if cause not in rules.causes:
        raise RuleBroken(
            _("A complaint ends with its root cause: one of the catalogue."), field="cause", code="required"
        )
    if not chosen or not set(chosen) <= set(rules.remedies):
        raise RuleBroken(_("A complaint ends with remedies of the catalogue."), field="remedies", code="required")
    complaint.answered_on, complaint.cause, complaint.remedies = timezone.localdate(at), cause, chosen
    return _said(complaint, Act.ANSWERED, words, by=by, at=at, language=language)


@transaction.atomic
def ask_extension(*, complaint: Complaint, reason: str, by: User, at: datetime) -> Proposal:
    """Somebody else approves it; it counts once the customer was told of it too."""
    complaint = _for_change(complaint, None)
    refuse_extension(complaint)
    customer = complaint.ticket.customer
    content = {"customer": customer.number if customer else "", "complaint": complaint.pk}
    title = _("Extension of complaint %(number)s") % {"number": complaint.ticket.number_said}
    return propose(kind=EXTENSION, content=content, title=title, reason=reason, by=by, at=at)


def refuse_extension(complaint: Complaint) -> None:
    known = {act for (act,) in complaint.steps.values_list("act")}
    asked = {need for stage in Regime.parse(complaint.rules).stages for need in stage.needs}
    if complaint.answered_on is not None or Act.APPROVED not in asked or Act.APPROVED in known:
        raise RuleBroken(_("There is no extension of this complaint."), code="extension")
    if Act.COMPLEX in asked and Act.COMPLEX not in known:
        raise RuleBroken(_("Only a complaint that was found to be complex is extended."), code="complex")


@transaction.atomic
def extend_approved(*, complaint: Complaint, proposal: Proposal, by: User, at: datetime) -> Complaint:
    complaint = _for_change(complaint, None)
    refuse_extension(complaint)
    _refuse_about(complaint, by)
    _say(complaint, Act.APPROVED, by=by, at=at, proposal=proposal)
    return _reckoned(complaint)


def _said(complaint: Complaint, act: Act, words: str, *, by: User, at: datetime, language: str) -> Complaint:
    _refuse_about(complaint, by)
    if not words.strip():
        raise RuleBroken(_("Say it in words."), field="words", code="required")
    if complaint.steps.filter(act=act).exists():
        raise RuleBroken(_("This was said already."), field="act")
    _say(complaint, act, by=by, at=at, words=words.strip())
    complaint = _reckoned(complaint)
    if act in TOLD:
        write_letter(complaint=complaint, kind=TOLD[act], words=words.strip(), by=by, at=at, language=language)
        reply(ticket=complaint.ticket, body=words, by=by, at=at, status=Status.SOLVED if act == Act.ANSWERED else "")
    return complaint


def _reckoned(complaint: Complaint) -> Complaint:
    """Written whole, from what was said."""
    if complaint.answered_on is None:
        current = due(deadlines_of(complaint))
        complaint.due_on, complaint.stage = current.due_on, current.stage.code
    complaint.version += 1
    complaint.save(update_fields=["due_on", "stage", "answered_on", "cause", "remedies", "version"])
    return complaint


def _say(complaint: Complaint, act: Act, *, by: Any, at: datetime, on: date | None = None, **more: Any) -> None:
    person = by if isinstance(by, User) else None
    LegalStep.objects.create(complaint=complaint, act=act, on=on or timezone.localdate(at), at=at, by=person, **more)
    audit.record(f"complaint.{act}", complaint, by=by, number=complaint.ticket.number)


def _for_change(complaint: Complaint, version: int | None) -> Complaint:
    found = Complaint.objects.for_change(complaint)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this complaint in the meantime."), code=STALE)
    if found.answered_on is not None:
        raise RuleBroken(_("This complaint is answered: nothing is added to it."), code="answered")
    return found


def _refuse_about(complaint: Complaint, by: User) -> None:
    if complaint.ticket.about_id == by.pk:
        raise RuleBroken(_("Nobody handles a complaint about themselves."), code="about")
