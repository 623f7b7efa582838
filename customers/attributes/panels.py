"""The tab of a customer's page with what the bank wanted to know beside its fields."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from customers.attributes.values import shown
from customers.models import Attribute, AttributeValue, Customer

MOST = 50


def _attributes(request: Any, customer: Customer) -> dict[str, Any]:
    rows = AttributeValue.objects.filter(customer=customer, attribute__retired_at=None).select_related("attribute")
    known = {row.attribute_id: row for row in rows}
    lines = [
        (attribute, shown(attribute, known[attribute.pk].value) if attribute.pk in known else "")
        for attribute in Attribute.objects.in_use()
    ]
    may_change = request.user.may("customers:write") and not customer.merged_into_id
    return {"lines": lines, "earlier": earlier(customer), "may_change": may_change}


def earlier(customer: Customer) -> list[tuple[Any, str, str]]:
    """(until when, attribute, value) of what stood there before, the newest first."""
    events = apps.get_model("customers", "AttributeValueEvent").objects.filter(
        customer=customer, attribute__deleted_at=None
    )
    rows = events.select_related("attribute").order_by("-pgh_id")[:MOST]
    return [
        (row.pgh_created_at, row.attribute.said, shown(row.attribute, getattr(row, row.attribute.cell))) for row in rows
    ]


ATTRIBUTES = Panel("attributes", "customers/attributes/_tab.html", _attributes, _("More about them"))
