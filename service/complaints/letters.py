"""Letters to the customer who complains: from the template in force, in the customer's language or another, and kept as they were sent."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from managers.day.paper import letter
from service.complaints.versions import rules_on
from service.complaints.words import Letter
from service.models import Complaint, ComplaintLetter
from service.tickets.services import reply


def language_of(complaint: Complaint, asked: str = "") -> str:
    """The one that is asked for, else the customer's, else the bank's."""
    known = dict(settings.LANGUAGES)
    customer = complaint.ticket.customer
    wished = customer.language.lower() if customer else ""
    found = next((code for code in known if wished and code.startswith(wished[:2])), settings.LANGUAGE_CODE)
    return asked if asked in known else found


def write_letter(
    *, complaint: Complaint, kind: str, words: str, by: User, at: datetime, language: str = ""
) -> ComplaintLetter:
    """For the verbs that have checked what they say; one of each kind."""
    if complaint.letters.filter(kind=kind).exists():
        raise RuleBroken(_("This letter was sent already."), code="sent")
    ticket, language = complaint.ticket, language_of(complaint, language)
    subject, body = rules_on(timezone.localdate(at)).letters[kind].in_language(language)
    with translation.override(language):
        said = {
            "bank": settings.CRM_BRAND, "customer": ticket.customer.name if ticket.customer else ticket.who, "number": ticket.number_said, "words": words,
            "subject": ticket.subject, "received_on": said_day(complaint.received_on), "due_on": said_day(complaint.due_on),
        }  # fmt: skip
    text = "\n\n".join(filter(None, (part.strip() for part in body.format_map(said).split("\n\n"))))
    sent = ComplaintLetter.objects.create(
        complaint=complaint, kind=kind, language=language, subject=subject.format_map(said)[:300], body=text, sent_at=at,
        sent_by=by,
    )  # fmt: skip
    audit.record("complaint.letter", complaint, by=by, number=ticket.number, letter=str(kind), language=language)
    return sent


@transaction.atomic
def acknowledge(
    *, complaint: Complaint, by: User, at: datetime, words: str = "", language: str = ""
) -> ComplaintLetter:
    """That it was received, and by when it is answered. Raises RuleBroken."""
    complaint = Complaint.objects.for_change(complaint)
    if complaint.answered_on is not None:
        raise RuleBroken(_("This complaint is answered: nothing is added to it."), code="answered")
    if complaint.ticket.about_id == by.pk:
        raise RuleBroken(_("Nobody handles a complaint about themselves."), code="about")
    kind = Letter.ACKNOWLEDGEMENT
    sent = write_letter(complaint=complaint, kind=kind, words=words.strip(), by=by, at=at, language=language)
    reply(ticket=complaint.ticket, body=sent.body, by=by, at=at)
    return sent


def paper_of(sent: ComplaintLetter) -> bytes:
    """On A4, in its language."""
    with translation.override(sent.language):
        foot = _("Sent on %(day)s.") % {"day": said_day(timezone.localdate(sent.sent_at))}
        return letter(sent.subject, sent.complaint.ticket.number_said, sent.body, foot=foot)
