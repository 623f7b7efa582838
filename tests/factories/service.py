from datetime import UTC, date, datetime, timedelta

import factory
from django.utils.timezone import localdate, now

from crm.base.days import midnight
from crm.base.digests import digest
from customers.contacts import hash_of
from service.clocks.versions import STANDARD
from service.complaints import versions as complaint_rules
from service.complaints.regimes import pack_of
from service.models import (
    CallBack,
    Caller,
    CallReason,
    CallScript,
    Complaint,
    ComplaintLetter,
    ComplaintReview,
    ComplaintRules,
    DeskProfile,
    LegalStep,
    Mandate,
    Roster,
    ServiceLevels,
    Shift,
    Swap,
    Ticket,
    TicketAttachment,
    TicketMessage,
    TicketQueue,
    TicketStep,
    WrapUp,
)
from service.tickets.numbers import next_numbers
from tests.factories.calls import CallFactory
from tests.factories.customers import CustomerFactory
from tests.factories.identity import TeamFactory, UserFactory

DAY = timedelta(days=1)
OPENED = datetime(2026, 3, 2, 1, tzinfo=UTC)


class ServiceLevelsFactory(factory.django.DjangoModelFactory):
    """What holds anyhow, as a version."""

    class Meta:
        model = ServiceLevels

    number = factory.Sequence(lambda number: number + 1)
    effective_from = date(2026, 1, 1)
    content = STANDARD
    content_hash = factory.LazyAttribute(lambda version: digest(version.content))


class TicketFactory(factory.django.DjangoModelFactory):
    """Open and due in the far future; in no queue, with nobody."""

    class Meta:
        model = Ticket
        skip_postgeneration_save = True

    class Params:
        solved = factory.Trait(status="solved", ended_at=OPENED, due_at=None, due_kind="")
        overdue = factory.Trait(due_at=OPENED)

    number = factory.LazyFunction(lambda: next_numbers()[0])
    customer = factory.SubFactory(CustomerFactory)
    kind = "question"
    channel = "phone"
    subject = "Card does not work"
    priority = "normal"
    status = "open"
    opened_at = OPENED
    due_at = datetime(2098, 1, 1, tzinfo=UTC)
    due_kind = "solution"

    @factory.post_generation
    def opened(ticket, create, extracted, **kwargs):
        if create:
            step = TicketStep.objects.create(ticket=ticket, at=ticket.opened_at, act="opened", status="new")
            TicketMessage.objects.create(step=step, ticket=ticket, kind="word", body="The card does not work.")


class TicketAttachmentFactory(factory.django.DjangoModelFactory):
    """Of what the customer said at first."""

    class Meta:
        model = TicketAttachment

    class Params:
        ticket = factory.SubFactory(TicketFactory)

    message = factory.LazyAttribute(lambda file: file.ticket.messages.first())
    name = "form.pdf"
    content_type = "application/pdf"
    content = b"%PDF-1.4"
    size = 8


class TicketQueueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TicketQueue

    code = factory.Sequence(lambda number: f"queue{number}")
    name = factory.Sequence(lambda number: f"Queue {number}")
    team = factory.SubFactory(TeamFactory)


class DeskProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeskProfile

    user = factory.SubFactory(UserFactory, agent=True)


class CallerFactory(factory.django.DjangoModelFactory):
    """With a phone, noted by an agent."""

    class Meta:
        model = Caller

    class Params:
        anonymous = factory.Trait(name="", phone="", is_anonymous=True)

    name = "Li Lei"
    phone = factory.Sequence(lambda number: f"+8613900{number:06}")
    phone_hash = factory.LazyAttribute(lambda caller: hash_of("phone", caller.phone))
    noted_by = factory.SubFactory(UserFactory, agent=True)
    noted_at = OPENED


class CallReasonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CallReason

    code = factory.Sequence(lambda number: f"reason{number}")
    name = factory.Sequence(lambda number: f"Reason {number}")


class CallScriptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CallScript

    moment = "ringing"
    number = factory.Sequence(lambda number: number + 1)
    text_en = "Good morning."
    text_zh = "您好。"
    written_at = OPENED


class CallBackFactory(factory.django.DjangoModelFactory):
    """Promised to a customer for tomorrow, by the phone centre."""

    class Meta:
        model = CallBack

    customer = factory.SubFactory(CustomerFactory)
    topic = "Card"
    due_at = factory.LazyFunction(lambda: now() + DAY)
    booked_by = factory.SubFactory(UserFactory, agent=True)
    booked_at = factory.LazyFunction(now)


class WrapUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WrapUp

    call = factory.SubFactory(CallFactory, ended=True)
    outcome = "reached"
    by = factory.LazyAttribute(lambda wrap: wrap.call.agent)
    at = OPENED


class RosterFactory(factory.django.DjangoModelFactory):
    """Of next week, not published."""

    class Meta:
        model = Roster

    team = factory.SubFactory(TeamFactory)
    week_on = factory.LazyFunction(lambda: localdate() + (7 - localdate().weekday()) * DAY)


class ShiftFactory(factory.django.DjangoModelFactory):
    """Eight hours of its first morning."""

    class Meta:
        model = Shift

    roster = factory.SubFactory(RosterFactory)
    user = factory.SubFactory(UserFactory, agent=True)
    starts_at = factory.LazyAttribute(lambda shift: midnight(shift.roster.week_on) + timedelta(hours=8))
    ends_at = factory.LazyAttribute(lambda shift: shift.starts_at + timedelta(hours=8))
    rested_at = factory.LazyAttribute(lambda shift: shift.ends_at + timedelta(hours=11))


class SwapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Swap

    shift = factory.SubFactory(ShiftFactory)
    to = factory.SubFactory(UserFactory, agent=True)
    asked_by = factory.LazyAttribute(lambda swap: swap.shift.user)
    asked_at = factory.LazyFunction(now)


class MandateFactory(factory.django.DjangoModelFactory):
    """For everything, now."""

    class Meta:
        model = Mandate

    customer = factory.SubFactory(CustomerFactory)
    holder = factory.SubFactory(CallerFactory)
    scopes = factory.LazyFunction(lambda: list(Mandate.Scope.values))
    since = date(2026, 1, 1)
    until = date(2098, 1, 1)
    paper = "POA-1"
    noted_by = factory.SubFactory(UserFactory, teller=True)
    noted_at = OPENED


class ComplaintFactory(factory.django.DjangoModelFactory):
    """Received today, under the law of China."""

    class Meta:
        model = Complaint
        skip_postgeneration_save = True

    class Params:
        answered = factory.Trait(answered_on=factory.LazyFunction(localdate), cause="waiting", remedies=["apology"])
        found_complex = factory.Trait(stage="complex", due_on=factory.LazyFunction(lambda: localdate() + 30 * DAY))

    ticket = factory.SubFactory(TicketFactory, kind="complaint")
    regime = "cn"
    rules = factory.LazyFunction(lambda: pack_of("cn"))
    received_on = factory.LazyFunction(localdate)
    due_on = factory.LazyFunction(lambda: localdate() + 15 * DAY)
    stage = "answer"

    @factory.post_generation
    def said(complaint, create, extracted, **kwargs):
        acts = ["received", "complex"] if complaint.stage == "complex" else ["received"]
        for act in acts if create else ():
            LegalStep.objects.create(complaint=complaint, act=act, on=complaint.received_on, at=now())


class ComplaintLetterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ComplaintLetter

    complaint = factory.SubFactory(ComplaintFactory)
    kind = "acknowledgement"
    language = "en"
    subject = "We have received your complaint"
    body = "Dear customer,\n\nwe will answer it."
    sent_at = factory.LazyFunction(now)
    sent_by = factory.SubFactory(UserFactory, head=True)


class ComplaintReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ComplaintReview

    complaint = factory.SubFactory(ComplaintFactory, answered=True)
    asked_on = factory.LazyFunction(localdate)
    asked_by = factory.SubFactory(UserFactory, teller=True)
    words = "That does not help me."
    reviewer = factory.SubFactory(UserFactory, head=True)
    due_on = factory.LazyFunction(lambda: localdate() + 30 * DAY)


class ComplaintRulesFactory(factory.django.DjangoModelFactory):
    """What holds anyhow, as a version."""

    class Meta:
        model = ComplaintRules

    number = factory.Sequence(lambda number: number + 1)
    effective_from = date(2026, 1, 1)
    content = complaint_rules.STANDARD
    content_hash = factory.LazyAttribute(lambda version: digest(version.content))
