"""Verbs on resource requests: asked for, granted within one's limit, declined; above the limits somebody else decides.

The customer is locked first, so that grants of one thing are made one after the other, each seeing those before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.services import propose
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.sql import run_sql
from crm.identity.models import User
from crm.identity.services.alerts import notify
from customers.models import Customer, FeeType, Product
from customers.services.versions import STALE, locked
from managers.models import Condition, ResourceRequest
from managers.requests.limits import heads_for, room_for
from managers.requests.reckoning import balance_now, cost_of, usual_price, value_after, value_now
from managers.requests.refusing import refuse_replaced, refuse_request
from managers.requests.terms import RULES
from segmentation.rules.sentences import money

ASKED = "resource_request"
SQL = Path(__file__).parent / "sql"
State = ResourceRequest.State


@dataclass(frozen=True)
class Kept:
    """What the customer keeps to: a month average, or new money by a day."""

    kind: str
    amount: Decimal
    due_on: date | None = None


@transaction.atomic
def ask(
    *,
    customer: Customer,
    kind: str,
    amount: Decimal,
    valid_until: date,
    why: str,
    by: User,
    at: datetime,
    product: Product | None = None,
    fee: FeeType | None = None,
    price: Decimal | None = None,
    is_new: bool = False,
    replaces: ResourceRequest | None = None,
    conditions: Sequence[Kept] = (),
) -> ResourceRequest:
    """Granted at once where `by` may grant it; else it waits for a head who may, or an approver decides.

    A renewal `replaces` a grant of the same thing, which ends with the new one's grant. Raises RuleBroken.
    """
    customer = locked(customer, None)
    request = ResourceRequest(
        customer=customer, kind=kind, product=product, fee=fee, amount=amount, price=price, is_new=is_new, why=why.strip(),
        valid_until=valid_until, replaces=replaces, currency=settings.CRM_BASE_CURRENCY, asked_by=by, asked_at=at, state=State.WAITING,
    )  # fmt: skip
    day = timezone.localdate(at)
    refuse_request(request, conditions, RULES.content_on(day), day)
    request.usual = usual_price(kind, product)
    request.cost = cost_of(kind, amount, price, request.usual)
    request.value_now = value_now(customer)
    request.value_after = value_after(request)
    request.save()
    Condition.objects.bulk_create(Condition(request=request, **vars(each)) for each in conditions)
    _record("resource_request.asked", request, by=by)
    if room_for(request, by, day).holds:
        return _decide(request, State.GRANTED, by=by, at=at)
    if heads := heads_for(request, day):
        notify(users=heads, text=_("A resource request waits for you."), url=_url(request), at=at)
        return request
    return _propose(request, by, at)


def _propose(request: ResourceRequest, by: User, at: datetime) -> ResourceRequest:
    request.state = State.PROPOSED
    request.save(update_fields=["state", "version"])
    content = {"customer": request.customer.number, "request": request.pk}
    title = _("%(request)s for %(number)s") % {"request": request, "number": request.customer.number}
    request.proposal = propose(kind=ASKED, content=content, title=title[:200], reason=request.why, by=by, at=at)
    request.save(update_fields=["proposal"])
    return request


@transaction.atomic
def grant(*, request: ResourceRequest, by: User, at: datetime, version: int | None = None) -> ResourceRequest:
    """By somebody else than who asked, within their own limit, against which what stands granted of the thing counts."""
    request = _for_change(request, version)
    if by.pk == request.asked_by_id:
        raise RuleBroken(_("Somebody else decides on what you asked for."), code="own")
    room = room_for(request, by, timezone.localdate(at))
    if not room.holds:
        words = {"used": money(room.used, request.currency), "limit": money(room.limit, request.currency)}
        text = _("This is above what you may grant: %(used)s stands granted beside it, your limit is %(limit)s.")
        raise RuleBroken(text % words, code="limit")
    return _decide(request, State.GRANTED, by=by, at=at)


@transaction.atomic
def lay_before(*, request: ResourceRequest, by: User, at: datetime, version: int | None = None) -> ResourceRequest:
    """Where no head may grant it any more, who asked takes it to an approver."""
    request = _for_change(request, version)
    if by.pk != request.asked_by_id:
        raise RuleBroken(_("Who asked for it lays it before an approver."), code="own")
    if heads_for(request, timezone.localdate(at)):
        raise RuleBroken(_("A head may still grant it."), code="heads")
    request.version += 1
    return _propose(request, by, at)


@transaction.atomic
def decline(
    *, request: ResourceRequest, reason: str, by: User, at: datetime, version: int | None = None
) -> ResourceRequest:
    """By a head, or taken back by who asked."""
    request = _for_change(request, version)
    if by.role != User.Role.HEAD and by.pk != request.asked_by_id:
        raise RuleBroken(_("A head declines it, or who asked takes it back."), code="role")
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    request.declined_because = reason.strip()
    return _decide(request, State.DECLINED, by=by, at=at)


@transaction.atomic
def grant_approved(*, request: ResourceRequest, by: User, at: datetime) -> ResourceRequest:
    """What an approver decided."""
    return _decide(_locked(request), State.GRANTED, by=by, at=at)


@transaction.atomic
def check_conditions(*, as_of: datetime) -> int:
    """Each condition at the days on which it counts and of which the nights have told, once. As often as one likes."""
    return run_sql(SQL / "checked.sql", as_of=as_of, zone=settings.TIME_ZONE)


def _decide(request: ResourceRequest, state: str, *, by: User, at: datetime) -> ResourceRequest:
    request.state, request.decided_by, request.decided_at = state, by, at
    if state == State.GRANTED:
        refuse_replaced(request.replaces_id)
        if request.valid_until < timezone.localdate(at):
            raise RuleBroken(_("It would have ended already."), field="valid_until", code="ended")
        request.baseline = balance_now(request.customer)
    request.version += 1
    fields = ["state", "decided_by", "decided_at", "declined_because", "baseline", "version"]
    request.save(update_fields=fields)
    _record(f"resource_request.{state}", request, by=by)
    if request.asked_by_id != by.pk:
        text = _("Your request “%(request)s”: %(state)s.")
        words = {"request": request, "state": request.get_state_display()}
        notify(users=[request.asked_by], text=text % words, url=_url(request), at=at)
    return request


def _locked(request: ResourceRequest) -> ResourceRequest:
    """As it is now, its customer locked before it; refuses where the customer became a part of another record."""
    customer = locked(request.customer, None)
    request = ResourceRequest.objects.for_change(request)
    if request.customer_id != customer.pk:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    return request


def _for_change(request: ResourceRequest, version: int | None) -> ResourceRequest:
    request = _locked(request)
    if version is not None and request.version != version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    if request.state == State.PROPOSED:
        raise RuleBroken(_("An approver decides on this."), code="proposed")
    if request.state != State.WAITING:
        text = _("This is decided already: %(state)s.") % {"state": request.get_state_display()}
        raise RuleBroken(text, code="decided")
    return request


def _url(request: ResourceRequest) -> str:
    return reverse("resource_request", args=[request.pk])


def _record(action: str, request: ResourceRequest, *, by: User) -> None:
    """Figures and codes; no free words, for they outlive the customer."""
    told: dict[str, Any] = {"resource": str(request.kind), "amount": str(request.amount), "cost": str(request.cost)}
    audit.record(action, request, by=by, customer_id=request.customer_id, **told)
