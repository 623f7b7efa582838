"""Verbs on calls: begun, the customer chosen, the caller verified, ended, logged."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Reach, User
from crm.identity.services import end_reach, grant_reach, notify
from customers.calls.questions import FIRST, MOST_WRONG, NEEDED, in_order, is_right, known_of
from customers.contacts import hash_of
from customers.models import Call, Customer, Interaction
from customers.models.calls import Question
from customers.querysets.parties import refuse_merged
from customers.voice.services import log_contact

WRONG_A_DAY = 4
CANDIDATES = 5


@transaction.atomic
def begin_call(*, number: str, by: User, at: datetime) -> Call:
    """`number` as the telephone shows it, "" where it shows none. One call at a time; one whose time is up is ended.

    The same number again while it goes on is the same call: two clicks, or a telephone system that asks twice.
    """
    if by.role != User.Role.AGENT:
        raise RuleBroken(_("Only the phone centre takes calls."))
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    Call.objects.lapsed(at).filter(agent=by).update(ended_at=F("ends_at"))
    try:
        number_hash = hash_of("phone", number)
    except RuleBroken as refusal:
        raise RuleBroken(str(refusal), field="number", code="phone") from None
    going_on = Call.objects.going_on(at).filter(agent=by).first()
    if going_on and going_on.number_hash and bytes(going_on.number_hash) == number_hash:
        return going_on
    if going_on:
        raise RuleBroken(_("You are on a call already. End it first."), code="busy")
    call = Call.objects.create(agent=by, number_hash=number_hash, begun_at=at, ends_at=at + Call.LASTS)
    audit.record("call.begun", call, by=by, has_number=bool(number_hash))
    return call


def candidates_of(call: Call) -> list[Customer]:
    """Who has the number of the call; nobody where more share it than can be told apart."""
    if not call.number_hash:
        return []
    has_it = Customer.objects.filter(contact__phone_hash=bytes(call.number_hash)).unmerged()
    found = list(has_it.order_by("sort_key", "pk")[: CANDIDATES + 1])
    return found if len(found) <= CANDIDATES else []


def find_caller(*, text: str, by: User) -> list[Customer]:
    """By the whole customer number, phone or id document that the caller says."""
    found = list(Customer.objects.visible_to(by).exactly(text).order_by("sort_key", "pk")[: CANDIDATES + 1])
    if not 0 < len(found) <= CANDIDATES:
        raise RuleBroken(_("Nobody has this document, phone or number. Check it with the caller."), field="text")
    return found


@transaction.atomic
def choose_customer(*, call: Call, customer: Customer, by: User, at: datetime) -> Call:
    """Who the caller says they are. Draws the questions; another customer may be chosen until one was answered."""
    call = _mine(call, by, at)
    if call.state != Call.State.RINGING or any(each["right"] is not None for each in call.questions):
        raise RuleBroken(_("Questions were answered already. End this call and begin another."), code="answered")
    refuse_merged(customer)
    _refuse_guessing(customer, at)
    known = known_of(customer)
    if len(known) < NEEDED:
        text = _(
            "The bank knows too little of this customer to verify them by phone. Ask the caller to come to a branch."
        )
        raise RuleBroken(text, code="unknown")
    call.customer = customer
    call.questions = [{"kind": str(question), "right": None} for question in in_order(customer, known, at)[:FIRST]]
    call.save(update_fields=["customer", "questions"])
    audit.record("call.chosen", call, by=by, customer_id=customer.pk, asked=[each["kind"] for each in call.questions])
    return call


@transaction.atomic
def verify_caller(*, call: Call, answers: Mapping[str, str], by: User, at: datetime) -> Call:
    """Takes an answer to every question that waits; none is a wrong one. Two right ones verify, and each wrong one asks for
    one more; with the second wrong one, or when nothing is left to ask, the caller is refused."""
    call = _mine(call, by, at)
    if call.state != Call.State.RINGING or call.customer is None:
        raise RuleBroken(_("There is nothing to answer in this call."))
    _refuse_guessing(Customer.objects.for_change(call.customer), at)
    known = known_of(call.customer)
    for each in call.questions:
        if each["right"] is None:
            each["right"] = is_right(Question(each["kind"]), answers.get(each["kind"], ""), known)
    call.wrong = sum(each["right"] is False for each in call.questions)
    missing = NEEDED + call.wrong - call.right
    left = [each for each in in_order(call.customer, known, at) if each not in {one["kind"] for one in call.questions}]
    if call.wrong >= MOST_WRONG or missing > len(left):
        _refuse(call, by, at)
    elif missing > 0:
        call.questions += [{"kind": str(question), "right": None} for question in left[:missing]]
        call.save(update_fields=["questions", "wrong"])
    else:
        _open(call, by, at)
    return call


def _open(call: Call, by: User, at: datetime) -> None:
    assert call.customer_id
    call.reach = grant_reach(
        user=by, customer_id=call.customer_id, cause=Reach.Cause.CALL, since=at, until=at + Call.LASTS, by=by
    )
    call.state, call.verified_at, call.ends_at = Call.State.VERIFIED, at, at + Call.LASTS
    call.save(update_fields=["questions", "wrong", "state", "verified_at", "ends_at", "reach"])
    audit.record("call.verified", call, by=by, right=call.right, wrong=call.wrong)


def _refuse(call: Call, by: User, at: datetime) -> None:
    """The manager hears of it: somebody may be trying."""
    call.state = Call.State.REFUSED
    call.save(update_fields=["questions", "wrong", "state"])
    audit.record("call.refused", call, by=by, right=call.right, wrong=call.wrong)
    customer = call.customer
    if customer and customer.manager:
        text = _("A caller could not prove to be %(customer)s.") % {"customer": customer}
        notify(users=[customer.manager], text=text, url=reverse("customer", args=[customer.pk]), at=at)


@transaction.atomic
def end_call(*, call: Call, by: User, at: datetime) -> Call:
    """From now on the customer is an outline again. What was over stays as it was."""
    call = Call.objects.for_change(call)
    _refuse_others(call, by)
    if call.ended_at is not None:
        return call
    call.ended_at = min(at, call.ends_at)
    call.save(update_fields=["ended_at"])
    if call.reach:
        call.reach.user = by
        end_reach(reach=call.reach, by=by, at=at)
    audit.record(
        "call.ended", call, by=by, state=call.state, seconds=int((call.ended_at - call.begun_at).total_seconds())
    )
    return call


@transaction.atomic
def log_call(*, call: Call, by: User, as_of: datetime, next_on: date | None = None, **said: Any) -> Interaction:
    """Once; a call that goes on is ended by it. `said` is the purpose, outcome, note and need."""
    call = end_call(call=call, by=by, at=as_of)
    if call.interaction_id or call.customer is None:
        raise RuleBroken(_("There is nothing to log of this call, or it is logged already."))
    call.interaction = log_contact(
        customer=call.customer,
        at=call.begun_at,
        channel=Interaction.Channel.PHONE,
        direction=Interaction.Direction.IN,
        by=by,
        as_of=as_of,
        next_on=next_on,
        **said,
    )
    call.save(update_fields=["interaction"])
    return call.interaction


@transaction.atomic
def end_lapsed_calls(*, at: datetime) -> int:
    """Calls whose time is up, and that nobody ended. Their reach has ended by itself."""
    count = Call.objects.lapsed(at).update(ended_at=F("ends_at"))
    if count:
        audit.record("calls.lapsed", "customers.call", by="clock", calls=count)
    return count


def _refuse_guessing(customer: Customer, at: datetime) -> None:
    if Call.objects.wrong_within_a_day(customer.pk, at) >= WRONG_A_DAY:
        text = _("Too many wrong answers about this customer in a day. Ask the caller to come to a branch.")
        raise RuleBroken(text, code="too_many")


def _mine(call: Call, by: User, at: datetime) -> Call:
    call = Call.objects.for_change(call)
    _refuse_others(call, by)
    if call.is_over(at):
        raise RuleBroken(_("This call is over."), code="over")
    return call


def _refuse_others(call: Call, by: User) -> None:
    if call.agent_id != by.pk:
        raise RuleBroken(_("Somebody else took this call."))
