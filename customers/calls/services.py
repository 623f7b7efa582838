"""Verbs on calls: begun, ended, logged. Who calls, verifying.py finds out."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import end_reach
from customers.contacts import hash_of
from customers.models import Call, Interaction
from customers.voice.services import log_contact


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


@transaction.atomic
def end_call(*, call: Call, by: User, at: datetime) -> Call:
    """From now on the customer is an outline again. What was over stays as it was."""
    call = Call.objects.for_change(call)
    refuse_others(call, by)
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
    """Once; a call that goes on is ended by it. `said` is the purpose, outcome, note and need, and the direction of one that we made."""
    call = end_call(call=call, by=by, at=as_of)
    if call.interaction_id or call.customer is None:
        raise RuleBroken(_("There is nothing to log of this call, or it is logged already."))
    call.interaction = log_contact(
        customer=call.customer,
        at=call.begun_at,
        channel=Interaction.Channel.PHONE,
        by=by,
        as_of=as_of,
        next_on=next_on,
        **{"direction": Interaction.Direction.IN} | said,
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


def refuse_others(call: Call, by: User) -> None:
    if call.agent_id != by.pk:
        raise RuleBroken(_("Somebody else took this call."))
