"""Verbs on service requests: asked for, authorised, handed over, executed or failed, cancelled. Each writes a step of the log."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from customers.models import Customer
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE, locked
from service.models import RequestStep, ServiceRequest, Ticket
from service.requests.answers import read_answers
from service.requests.catalogue import form_on
from service.requests.definition import parsed
from service.requests.knowing import known_by, refuse_unknown
from service.requests.refusing import needs_second, refuse_customer
from service.requests.timing import executed_on
from service.requests.words import ENDED, WAYS, State

LONGEST = 300
# callables `(request, at=)` that follow in its transaction; the second may refuse
AUTHORISED, CANCELLED = "service_request.authorised", "service_request.cancelled"


@transaction.atomic
def request_service(
    *, customer: Customer, form: str, answers: Mapping[str, Any], by: User, at: datetime, document: str = "",
    ticket: Ticket | None = None, once: UUID | None = None,
) -> ServiceRequest:  # fmt: skip
    """By a form of the catalogue. One that needs nobody else is authorised at once. `once` is the same where a form is sent twice: it
    makes one request. Raises RuleBroken."""
    customer = locked(customer, None)
    if once and (same := ServiceRequest.objects.filter(requested_by=by, once=once).first()):
        return same
    if ticket and (ticket.customer_id != customer.pk or not ticket.is_open):
        raise RuleBroken(_("It belongs to an open ticket of the same customer."), field="ticket")
    day = timezone.localdate(at)
    offered = form_on(form, day)
    said = read_answers(offered.form, customer, answers, day)
    refuse_customer(customer, offered.form, said, day)
    identity, call = known_by(customer, document, by, at)
    refuse_unknown(offered.form, identity)
    request = ServiceRequest.objects.create(
        customer=customer, ticket=ticket, form=offered.form.code, form_number=offered.number, rules=offered.content,
        sealed=json.dumps(said), identity=identity, call=call, is_checked=needs_second(customer, offered.form, day),
        execute_on=executed_on(offered.form, at), requested_at=at, requested_by=by, once=once,
    )  # fmt: skip
    _step(request, State.REQUESTED, by=by, at=at)
    _record("service_request.requested", request, by=by, identity=str(identity))
    return request if request.is_checked else _authorise(request, by=by, at=at)


@transaction.atomic
def authorise(*, request: ServiceRequest, by: User, at: datetime, version: int | None = None) -> ServiceRequest:
    """By a second person, who looks again at what the record of the customer forbids. Raises RuleBroken."""
    request = for_change(request, version)
    refuse_merged(request.customer)
    if request.is_checked and request.requested_by_id == by.pk:
        raise RuleBroken(_("Somebody else authorises what you requested."), code="same_person")
    refuse_way(request, State.AUTHORISED)
    refuse_customer(request.customer, parsed(request.rules), request.answers, timezone.localdate(at))
    return _authorise(request, by=by, at=at)


@transaction.atomic
def cancel(
    *, request: ServiceRequest, reason: str, by: Any, at: datetime, version: int | None = None
) -> ServiceRequest:
    """The customer takes it back, or who looks at it refuses it; as long as it has not left the bank. Raises RuleBroken."""
    request = for_change(request, version)
    refuse_way(request, State.CANCELLED)
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    for follow in contributions(CANCELLED):
        follow(request, at=at)
    return move(request, State.CANCELLED, by=by, at=at, words=reason)


def _authorise(request: ServiceRequest, *, by: User, at: datetime) -> ServiceRequest:
    request.authorised_by, request.authorised_at = by, at
    request.execute_on = executed_on(parsed(request.rules), at)
    request = move(request, State.AUTHORISED, by=by, at=at)
    for follow in contributions(AUTHORISED):
        follow(request, at=at)
    return request


def move(request: ServiceRequest, state: State, *, by: Any, at: datetime, words: str = "") -> ServiceRequest:
    """Of a request that is locked. `words` is why."""
    request.state, request.version = state, request.version + 1
    if state in ENDED:
        request.ended_at = at
    request.save(
        update_fields=["state", "version", "ended_at", "authorised_by", "authorised_at", "execute_on", "reference"]
    )
    _step(request, state, by=by, at=at, words=words)
    _record(f"service_request.{state}", request, by=by)
    return request


def for_change(request: ServiceRequest, version: int | None) -> ServiceRequest:
    found = ServiceRequest.objects.for_change(request)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this request in the meantime."), code=STALE)
    return found


def refuse_way(request: ServiceRequest, state: State) -> None:
    if (State(request.state), state) not in WAYS:
        words = {"before": request.get_state_display(), "after": state.label}
        raise RuleBroken(_("From “%(before)s” there is no way to “%(after)s”.") % words, code="state")


def _step(request: ServiceRequest, state: State, *, by: Any, at: datetime, words: str = "") -> None:
    person = by if isinstance(by, User) else None
    RequestStep.objects.create(request=request, at=at, by=person, state=state, words=" ".join(words.split())[:LONGEST])


def _record(action: str, request: ServiceRequest, *, by: Any, **told: Any) -> None:
    audit.record(action, request, by=by, customer_id=request.customer_id, form=request.form, **told)
