"""The home of an agent is the call page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.base.panels import Panel
from crm.identity.models import User
from customers.calls.forms import BeginForm
from customers.calls.shown import after_url, said_of
from customers.models import Call

LAST = 5


def _desk(request: HttpRequest, user: User) -> dict[str, Any]:
    rows = Call.objects.filter(agent=user).select_related("customer").order_by("-begun_at")
    last = list(rows[:LAST])
    now = timezone.now()
    open_call = next((call for call in last if not call.is_over(now)), None)
    return {
        "call": open_call,
        "customer_said": said_of(open_call, user) if open_call else "",
        "form": BeginForm(),
        "unlogged": [
            (call, said_of(call, user), after_url(call))
            for call in last
            if call.customer_id and not call.interaction_id and call.is_over(now)
        ],
    }


DESK = Panel("calls", "customers/calls/_desk.html", _desk, permission="calls:write")
