"""What books put on the page of a customer; and what others put on the page of a manager: panels in the slot "manager.panels"."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.base.prepared import DAY
from crm.base.slots import contributions
from customers.models import Customer
from managers.models import Assignment

SLOT = "manager.panels"


def of_manager(request: Any, manager: Any) -> list[str]:
    """The panels of the user's role, drawn."""
    found = [panel for panel in contributions(SLOT) if request.user.may(panel.permission)]
    return [
        render_to_string(panel.template, {"panel": panel} | panel.context(request, manager), request) for panel in found
    ]


def with_people() -> dict[str, Any]:
    """`people`: who looks after the customer on the day, as {role, name, since}."""
    name = Coalesce(NullIf("manager__name", Value("")), "manager__username")
    said = JSONObject(role="role", name=name, since="since")
    rows = Assignment.objects.holding(DAY).filter(customer=OuterRef("pk")).order_by("pk")
    return {"people": ArraySubquery(rows.values(said=said))}


def _people(request: Any, customer: Customer) -> dict[str, Any] | None:
    """Since when the primary has the customer, and who stands beside them."""
    found = [
        {**said, "since": date.fromisoformat(said["since"]), "label": Assignment.Role(said["role"]).label}
        for said in customer.people  # type: ignore[attr-defined]  # by the annotation
    ]
    primary = next((each for each in found if each["role"] == Assignment.Role.PRIMARY), None)
    return {"primary": primary, "beside": [each for each in found if each is not primary]}


PEOPLE = Panel("people", "managers/books/_people.html", _people, gettext_lazy("Who looks after"), "assignments:read")
