"""Callers who are no customers: noted, found out to be a customer, shown with a reason, and forgotten in time."""

from datetime import datetime, timedelta

import environ
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.contacts import hashes, kept
from customers.models import Customer
from customers.services.contacts import SHORTEST_REASON
from customers.services.versions import STALE, locked
from service.models import Caller, Ticket, TicketStep
from service.tickets.reckoning import reckon
from service.tickets.steps import step_of

KINDS = ("phone", "email")
NOTHING = {"name": "", "phone": "", "email": "", "phone_hash": None, "email_hash": None}
# for which contact data are kept after the last matter of somebody who is no customer is over
KEPT = timedelta(days=environ.Env().int("CRM_CALLER_DAYS", default=1095))
LONGEST = 120


@transaction.atomic
def note_caller(
    *, by: User, at: datetime, name: str = "", phone: str = "", email: str = "", is_anonymous: bool = False
) -> Caller:
    """Who spoke, or that they stay anonymous. The same name with the same phone or e-mail is the same one. Raises RuleBroken."""
    name = " ".join(name.split())
    values = {"phone": kept("phone", phone), "email": kept("email", email)}
    if is_anonymous == bool(name or any(values.values())):
        raise RuleBroken(
            _("Say who it is, or that they stay anonymous: one of the two."), field="name", code="required"
        )
    if len(name) > LONGEST:
        raise RuleBroken(_("At most %(count)s characters.") % {"count": LONGEST}, field="name")
    found = hashes(values)
    for key, value in found.items():
        for known in Caller.objects.known().filter(**{key: value}) if value else ():
            if known.name == name:
                return known
    caller = Caller.objects.create(**values, **found, name=name, is_anonymous=is_anonymous, noted_by=by, noted_at=at)
    audit.record("caller.noted", caller, by=by, is_anonymous=is_anonymous)
    return caller


@transaction.atomic
def join(*, caller: Caller, customer: Customer, by: User, at: datetime, version: int | None = None) -> Caller:
    """They were found to be this customer, whose their matters are from now on; the clock of the law runs on as it did."""
    customer = locked(customer, None)
    caller = _for_change(caller, version)
    if caller.customer_id is not None:
        raise RuleBroken(_("It is known already whose this is."), field="customer", code="joined")
    caller.customer, caller.joined_at, caller.joined_by = customer, at, by
    caller.version += 1
    caller.save(update_fields=["customer", "joined_at", "joined_by", "version"])
    rows = Ticket.objects.filter(caller=caller, customer=None).order_by("pk")
    tickets = list(rows.select_for_update(of=("self",), no_key=True).select_related("levels"))
    for ticket in tickets:
        ticket.customer, ticket.version = customer, ticket.version + 1
    Ticket.objects.bulk_update(tickets, ["customer", "version"])
    told = {"customer": customer.number}
    steps = [step_of(each, TicketStep.Act.JOINED, by=by, at=at, told=told) for each in tickets]
    TicketStep.objects.bulk_create(steps)
    reckon(tickets, at=at)
    audit.record("caller.joined", caller, by=by, customer_id=customer.pk, tickets=len(tickets))
    return caller


@transaction.atomic
def reveal(*, caller: Caller, field: str, by: User, reason: str) -> str:
    """The plain value, recorded as read with the reason."""
    reason = " ".join(reason.split())
    if field not in KINDS:
        raise RuleBroken(_("There is no such contact data."), field="field")
    if len(reason) < SHORTEST_REASON:
        raise RuleBroken(_("Say why you need it, in a few words."), field="reason", code="reason")
    audit.record("contact.revealed", caller, by=by, kind=Event.Kind.READ, field=field, reason=reason)
    return str(getattr(caller, field))


@transaction.atomic
def forget_callers(*, at: datetime) -> int:
    """Contact data of whom nothing is open any more and nothing was for so long; how many. What was said stays with its ticket."""
    before = at - KEPT
    rows = Caller.objects.known().silent_since(before, timezone.localdate(before))
    count = rows.update(**NOTHING, forgotten_on=timezone.localdate(at))
    if count:
        audit.record("callers.forgotten", "service.caller", by="clock", callers=count)
    return count


def _for_change(caller: Caller, version: int | None) -> Caller:
    found = Caller.objects.for_change(caller)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    return found
