"""What of requests a customer is told, what goes along with a merge, and what goes when they are erased."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from crm.base.slots import contribute
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import holds, taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from service.models import ServiceRequest
from service.requests.words import State

FIELDS = ("form", "sealed", "state", "requested_at", "execute_on", "ended_at", "reference")


class ToldRequests(Told):
    """What the customer said, as words."""

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        return row | {"sealed": json.loads(row["sealed"] or "{}")}


TOLD = ToldRequests(
    "service_requests",
    _("Service requests"),
    ServiceRequest,
    FIELDS,
    names={"sealed": pgettext_lazy("a service request", "Answers")},
)
TAKEN = Owned(
    _("What was asked in service requests"), Category.CONDUCT, ServiceRequest, function="service_erase_requests"
)


def under_way(ids: Sequence[int], on: date) -> Iterable[str]:
    """Slot "customer.holds": what the bank's core has been told, or is told next."""
    rows = ServiceRequest.objects.filter(customer__in=ids, state__in=[State.AUTHORISED, State.SENT])
    if count := rows.count():
        text = ngettext("%(n)s service request is under way.", "%(n)s service requests are under way.", count)
        yield text % {"n": count}


def register() -> None:
    contribute(holds.SLOT, under_way)
    contribute(SLOT, Moves("service_requests", _("Service requests"), ServiceRequest))
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
