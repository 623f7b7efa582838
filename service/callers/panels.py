"""Who may speak for a customer, on their page and on the page of a call."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from crm.identity.scope import scope_of
from customers import masking
from customers.models import Call, Customer
from service.models import Mandate


def _of_customer(request: Any, customer: Customer) -> dict[str, Any]:
    held = Mandate.objects.filter(customer=customer)
    holding = set(held.holding(timezone.localdate()).values_list("pk", flat=True))
    rows = held.select_related("holder").order_by("ended_at", "-until", "-pk")[:50]
    stands = not customer.merged_into_id and customer.erased_on is None
    return {
        "mandates": [(row, row.pk in holding) for row in rows],
        "may_note": request.user.may("mandates:write") and stands,
    }


def _of_call(request: Any, call: Call) -> dict[str, Any] | None:
    """For whom the number may speak, and who may speak for the customer; names masked until the customer is open."""
    rows = Mandate.objects.holding(timezone.localdate()).select_related("customer", "holder").order_by("until", "pk")
    is_open = call.customer is not None and scope_of(request.user).opens(call.customer)
    number = bytes(call.number_hash) if call.number_hash else None
    may_choose = call.state == Call.State.RINGING and not call.is_over(timezone.now()) and call.right + call.wrong == 0
    found = {
        "call": call,
        "principals": [(row, masking.name(str(row.customer))) for row in rows.filter(holder__phone_hash=number)[:5]]
        if number and may_choose and call.agent_id == request.user.pk
        else [],
        "speakers": [
            (row, row.holder.who if is_open else masking.name(row.holder.who))
            for row in rows.filter(customer=call.customer)[:5]
        ]
        if call.customer
        else [],
    }
    return found if found["principals"] or found["speakers"] else None


MANDATES = Panel("mandates", "service/callers/_mandates.html", _of_customer, _("Powers of attorney"), "mandates:read")
SPEAKERS = Panel("speakers", "service/callers/_speakers.html", _of_call, permission="mandates:read", in_outline=True)
