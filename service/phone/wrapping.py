"""How a call ends: outcome, reasons and what follows; and the balance that a verified caller asked for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.calls.services import end_call, log_call
from customers.models import AccountHolder, Call, Interaction
from customers.portfolio import PAYING, holdings_of
from service.models import CallBack, CallReason, WrapUp
from service.phone.call_backs import finish

Outcome = Interaction.Outcome


@transaction.atomic
def wrap_up(
    *, call: Call, outcome: str, reasons: Sequence[str], follows: str, by: User, at: datetime, is_solved: bool = False,
    purpose: str = Interaction.Purpose.SERVICE, note: str = "", next_on: date | None = None, need: Any = None,
) -> WrapUp:  # fmt: skip
    """Once; a call that goes on is ended by it. With a customer the contact is logged, and a call-back that was made is kept, unless nobody
    answered. Raises RuleBroken."""
    call = end_call(call=call, by=by, at=at)
    if WrapUp.objects.filter(call=call).exists():
        raise RuleBroken(_("This call was wrapped up already."), code="once")
    used = set(CallReason.objects.filter(is_used=True).values_list("code", flat=True))
    if unknown := set(reasons) - used:
        raise RuleBroken(_("There is no reason “%(name)s”.") % {"name": min(unknown)}, field="reasons")
    if used and not reasons:
        raise RuleBroken(_("Say why they called."), field="reasons", code="required")
    call_back = CallBack.objects.filter(made=call, state=CallBack.State.TAKEN).first()
    if call.customer and not call.interaction_id:
        direction = Interaction.Direction.OUT if call_back else Interaction.Direction.IN
        said = {"outcome": outcome, "purpose": purpose, "note": note, "need": need, "direction": direction}
        log_call(call=call, by=by, as_of=at, next_on=next_on, **said)
    if call_back:
        finish(call_back=call_back, is_reached=outcome != Outcome.NOT_REACHED, by=by, at=at)
    made = WrapUp.objects.create(
        call=call, outcome=outcome, reasons=sorted(set(reasons)), follows=follows, is_solved=is_solved, by=by, at=at
    )
    told: dict[str, Any] = {
        "outcome": str(outcome),
        "reasons": made.reasons,
        "follows": str(follows),
        "is_solved": is_solved,
    }
    audit.record("call.wrapped_up", call, by=by, customer_id=call.customer_id, **told)
    return made


@transaction.atomic
def tell_balances(*, call: Call, by: User, at: datetime) -> list[AccountHolder]:
    """Of the open accounts of a verified caller, with `balance` and `balance_on`; recorded as told. Raises RuleBroken."""
    call = Call.objects.for_change(call)
    if call.agent_id != by.pk or not call.is_verified or call.is_over(at) or call.customer is None:
        raise RuleBroken(_("A balance is told to a verified caller, while the call goes on."), code="verified")
    found = list(holdings_of(call.customer).filter(role__in=PAYING, account__closed_on=None))
    told = {"call": str(call), "accounts": len(found)}
    audit.record("balance.told", call, by=by, kind=Event.Kind.READ, customer_id=call.customer_id, **told)
    return found
