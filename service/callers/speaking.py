"""Who may bring a matter: the customer themselves, somebody who may speak for them, or anybody of nobody's."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.models import Customer
from service.models import Caller, Mandate, TicketQueue
from service.words import Kind

Scope = Mandate.Scope
NEEDED = {
    Kind.QUESTION: Scope.ASK,
    Kind.FEEDBACK: Scope.ASK,
    Kind.REQUEST: Scope.REQUEST,
    Kind.COMPLAINT: Scope.COMPLAIN,
}


def refuse_speaking(
    customer: Customer | None, caller: Caller | None, kind: str, queue: TicketQueue | None, at: datetime
) -> None:
    """Whoever speaks for a customer holds a power of attorney for it; without a customer the ticket waits in a queue."""
    if customer is None and caller is None:
        raise RuleBroken(_("Say who it is of."), field="customer", code="required")
    if customer is None and queue is None:
        raise RuleBroken(_("Without a customer it waits in a queue: choose one."), field="queue", code="required")
    if customer is None or caller is None:
        return
    held = Mandate.objects.holding(timezone.localdate(at)).filter(customer=customer, holder=caller)
    if not held.filter(scopes__contains=[NEEDED[Kind(kind)]]).exists():
        raise RuleBroken(
            _("They may not speak for this customer in such a matter today."), field="caller", code="mandate"
        )
