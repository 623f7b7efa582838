"""What value puts on the page of a customer."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast, JSONObject
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.base.panels import Panel
from customers.models import Customer
from segmentation.value.versions import last_day
from segmentation.value.worth import newest_years, worth_of
from segmentation.waivers import percent


def _figure(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    said = customer.value_year  # type: ignore[attr-defined]  # by the annotation
    if not said:
        return None
    value = None if said["value"] is None else Decimal(said["value"])
    return {"value": value, "currency": said["currency"], "as_of": last_day(date.fromisoformat(said["month"]))}


def with_year() -> dict[str, Any]:
    """`value_year`: what the customer was worth in the year through the newest closed month, or None."""
    exact = Cast("value", CharField())
    years = newest_years().filter(customer=OuterRef("pk"))
    said = years.values(said=JSONObject(value=exact, currency="currency", month="month"))
    return {"value_year": Subquery(said[:1])}


def _tab(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    worth = worth_of(customer)
    return {"worth": worth, "discount": percent(worth.discount) if worth else ""}


FIGURE = Panel(
    "value", "segmentation/value/_figure.html", _figure, gettext_lazy("Value per year"), "customer-value:read"
)
TAB = Panel(
    "value", "segmentation/value/_tab.html", _tab, pgettext_lazy("of a customer", "Value"), "customer-value:read"
)
