"""What stands around a call: what to say, what is open, who the number may be; and which call-backs are due, on the home of an agent."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from crm.identity.models import User
from customers import masking
from customers.calls.verifying import is_closed
from customers.models import Call
from service.models import CallBack, Caller, CallScript, Ticket, WrapUp

SHOWN = 6
SOON = timedelta(hours=2)
Moment = CallScript.Moment


def _around(request: Any, call: Call) -> dict[str, Any] | None:
    """For who is on the call; of a call that is over, how it ended."""
    now, user = timezone.now(), request.user
    if call.is_over(now) or call.agent_id != user.pk:
        ended = WrapUp.objects.filter(call=call).first()
        return {"ended": ended, "call": call} if ended else None
    call_back = CallBack.objects.filter(made=call).select_related("customer", "caller").first()
    tickets = (
        Ticket.objects.visible_to(user).filter(customer=call.customer_id) if call.customer_id else Ticket.objects.none()
    )
    scripts = {each.moment: each for each in CallScript.objects.current().filter(moment__in=_moments(call, call_back))}
    number = bytes(call.number_hash) if call.number_hash else None
    unknown = (
        Caller.objects.known().filter(phone_hash=number, customer=None)[:3] if number and not call.customer_id else []
    )
    return {
        "call": call,
        "call_back": call_back,
        "scripts": list(scripts.values()),
        "tickets": list(tickets.open().order_by("due_at", "pk")[:SHOWN]),
        "opened": list(tickets.filter(opened_by=user, opened_at__gte=call.begun_at)) if call.customer_id else [],
        "unknown": [(each, masking.name(each.who)) for each in unknown],
        "is_closed": bool(call.customer and not call.is_verified and is_closed(call.customer, now)),
    }


def _moments(call: Call, call_back: CallBack | None) -> list[str]:
    return [str(call.state), *([Moment.CALL_BACK] if call_back and not call.is_verified else [Moment.COMPLAINT])]


def _due(request: Any, user: User) -> dict[str, Any] | None:
    """Of the phone centre, and those that one took."""
    now = timezone.now()
    rows = CallBack.objects.visible_to(user).select_related("customer", "caller").order_by("due_at", "pk")
    due = rows.waiting().filter(by_manager=False, due_at__lte=now + SOON)
    found = [(each, each.is_late(now)) for each in due[:SHOWN]]
    return {"call_backs": found} if found else None


AROUND = Panel("around", "service/phone/_around.html", _around, permission="wrap-ups:read", in_outline=True)
DUE = Panel("call_backs", "service/phone/_due.html", _due, _("Call-backs"), permission="wrap-ups:write")
