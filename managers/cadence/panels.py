"""What cadence puts on the page of a customer."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from customers.models import Customer
from managers.cadence.tables import said_late
from managers.models import DueContact


def with_dues() -> dict[str, Any]:
    """`dues`: what the plan asks for the customer, the first due first."""
    own = DueContact.objects.filter(customer=OuterRef("pk")).order_by("due_on", "pk")
    said = JSONObject(what="what", due_on="due_on", last_at="last_at", late="days_late", twice="is_doubled")
    return {"dues": ArraySubquery(own.values(said=said))}


def _now(request: Any, customer: Customer) -> dict[str, Any] | None:
    today = timezone.localdate()
    found = [_said(each, today) for each in customer.dues]  # type: ignore[attr-defined]  # by the annotation
    return {"dues": found} if found else None


def _said(due: dict[str, Any], today: date) -> dict[str, Any]:
    on = date.fromisoformat(due["due_on"])
    return {
        "label": DueContact.What(due["what"]).label,
        "on": on,
        "is_overdue": on < today,
        "last": datetime.fromisoformat(due["last_at"]) if due["last_at"] else None,
        "late": said_late(due["late"]) if due["late"] else "",
        "twice": due["twice"],
    }


NOW = Panel("cadence", "managers/cadence/_now.html", _now, gettext_lazy("Next contact due"), "cadence:read")
