"""Verbs on the outbox: put, claimed, recorded, sent again, answered. A message arrives at least once, and its key makes that one effect."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from crm.identity.services import notify
from service.models import CoreAttempt, CoreMessage, ServiceRequest
from service.outbox.posting import Outcome
from service.requests.definition import parsed
from service.requests.refusing import refuse_customer
from service.requests.services import move
from service.requests.words import ENDED, State

Sending = CoreMessage.State
CORE = "core"
# who claimed a message and says nothing more for so long is gone; far longer than an attempt takes
LEASE = timedelta(minutes=3)
FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES = timedelta(seconds=30), timedelta(hours=1), 20
# callables that ask the workers to look
RING = "outbox.ring"


@dataclass(frozen=True)
class Claim:
    """What somebody sends now. `number` is the attempt: another one who claims it later has a higher one."""

    message: CoreMessage
    number: int


def put(request: ServiceRequest, *, at: datetime) -> CoreMessage:
    """With the authorisation, in its transaction."""
    told = {
        "type": "service_request", "request": str(request), "form": request.form, "form_version": request.form_number,
        "customer": request.customer.number, "answers": request.answers, "execute_on": str(request.execute_on),
        "authorised_at": request.authorised_at and request.authorised_at.isoformat(),
    }  # fmt: skip
    message = CoreMessage.objects.create(request=request, sealed=json.dumps(told, sort_keys=True), next_at=at)
    transaction.on_commit(_ring)
    return message


def _ring() -> None:
    for ring in contributions(RING):
        ring()


@transaction.atomic
def claim(*, at: datetime) -> Claim | None:
    """The next that is due and that nobody has; however many ask at once, each gets another one. What the record of the customer
    forbids by now never leaves the bank."""
    rows = CoreMessage.objects.due(at).select_related("request__customer")
    free = rows.select_for_update(of=("self", "request"), no_key=True, skip_locked=True)
    while message := free.first():
        if message.attempts == 0 and (why := _forbidden(message.request, at)):
            _end(message, Sending.DROPPED, at)
            move(message.request, State.CANCELLED, by=CORE, at=at, words=why)
            _tell(
                message.request, _("%(request)s was not sent: %(why)s") % {"request": message.request, "why": why}, at
            )
            continue
        message.attempts, message.tries, message.claimed_until = message.attempts + 1, message.tries + 1, at + LEASE
        message.save(update_fields=["attempts", "tries", "claimed_until"])
        return Claim(message, message.attempts)
    return None


def _forbidden(request: ServiceRequest, at: datetime) -> str:
    try:
        refuse_customer(request.customer, parsed(request.rules), request.answers, timezone.localdate(at))
    except RuleBroken as refusal:
        return str(refusal)
    return ""


@transaction.atomic
def record(*, claim: Claim, outcome: Outcome, milliseconds: int, at: datetime) -> CoreMessage:
    """What came of an attempt. That it arrived is true whoever says it; that it did not is said by who has it still."""
    message = CoreMessage.objects.for_change(claim.message)
    CoreAttempt.objects.create(
        message=message, number=claim.number, at=at, milliseconds=milliseconds, status=outcome.status, said=outcome.said
    )
    if message.state not in (Sending.WAITING, Sending.STUCK):
        return message
    if outcome.is_delivered or outcome.is_refused:
        arrived(message, at=at)
        if outcome.is_refused:
            _fail(message.request, outcome.said, at)
    elif message.attempts == claim.number:
        _again(message, outcome, at)
    return message


def arrived(message: CoreMessage, *, at: datetime) -> None:
    _end(message, Sending.DELIVERED, at)
    if message.request.state == State.AUTHORISED:
        move(message.request, State.SENT, by=CORE, at=at)


def _again(message: CoreMessage, outcome: Outcome, at: datetime) -> None:
    """Pauses double; in the end a person has to look."""
    message.claimed_until = None
    if message.tries >= MOST_TRIES:
        message.state = Sending.STUCK
        _tell(
            message.request, _("%(request)s could not be handed over to the core.") % {"request": message.request}, at
        )
        audit.record("core_message.stuck", message.request, by=CORE, customer_id=message.request.customer_id)
    pause = min(FIRST_PAUSE * 2 ** (message.tries - 1), LONGEST_PAUSE)
    message.next_at = at + max(pause, min(timedelta(seconds=outcome.wait), LONGEST_PAUSE))
    message.save(update_fields=["state", "claimed_until", "next_at"])


@transaction.atomic
def send_again(*, request: ServiceRequest, by: User, at: datetime) -> CoreMessage:
    """One that is stuck, from the first pause on. Raises RuleBroken."""
    found = CoreMessage.objects.filter(request=request).select_related("request").first()
    message = CoreMessage.objects.for_change(found) if found else None
    if message is None or message.state != Sending.STUCK:
        raise RuleBroken(_("Only what could not be handed over is sent again."), code="state")
    message.state, message.tries, message.next_at = Sending.WAITING, 0, at
    message.save(update_fields=["state", "tries", "next_at"])
    transaction.on_commit(_ring)
    audit.record("core_message.sent_again", message.request, by=by, customer_id=message.request.customer_id)
    return message


def drop(request: ServiceRequest, *, at: datetime) -> None:
    """With the cancelling of what was authorised: only what was never on its way is taken back. Raises RuleBroken."""
    message = CoreMessage.objects.select_for_update(no_key=True).filter(request=request).first()
    if message is None:
        return
    if message.attempts:
        raise RuleBroken(_("It is on its way to the core: what was sent is not taken back here."), code="sent")
    _end(message, Sending.DROPPED, at)


@transaction.atomic
def take_answer(*, key: UUID, state: str, reference: str, reason: str, at: datetime) -> bool:
    """What the core says became of a request; whether it is new. The same said twice changes nothing, another answer is refused. One that
    comes before the bank noted that its message arrived says that too. Raises RuleBroken, CoreMessage.DoesNotExist."""
    message = CoreMessage.objects.for_change(CoreMessage.objects.select_related("request").get(key=key))
    request = message.request
    if request.state in ENDED:
        if (request.state, request.reference) == (state, reference):
            return False
        words = {"state": request.get_state_display()}
        raise RuleBroken(_("This was answered already: %(state)s.") % words, code="answered")
    if not message.attempts:
        raise RuleBroken(_("This was never sent."), code="never_sent")
    if message.state != Sending.DELIVERED:
        arrived(message, at=at)
    request.reference = reference
    if state == State.FAILED:
        _fail(request, reason, at)
    else:
        move(request, State.EXECUTED, by=CORE, at=at)
    return True


def _fail(request: ServiceRequest, reason: str, at: datetime) -> None:
    move(request, State.FAILED, by=CORE, at=at, words=reason)
    _tell(request, _("The core did not execute %(request)s.") % {"request": request}, at)


def _end(message: CoreMessage, state: str, at: datetime) -> None:
    message.state, message.ended_at, message.claimed_until, message.sealed = state, at, None, ""
    message.save(update_fields=["state", "ended_at", "claimed_until", "sealed"])


def _tell(request: ServiceRequest, text: str, at: datetime) -> None:
    users: list[Any] = [each for each in {request.requested_by, request.authorised_by} if each and each.is_active]
    notify(users=users, text=text[:300], url=reverse("service_request", args=[request.pk]), at=at)
