"""What value puts on the page of a customer."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.base.panels import Panel
from customers.models import Customer
from segmentation.value.versions import last_day
from segmentation.value.worth import newest_year, worth_of
from segmentation.waivers import percent


def _figure(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    year = newest_year(customer)
    return {"year": year, "as_of": last_day(year.month)} if year else None


def _tab(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    worth = worth_of(customer)
    return {"worth": worth, "discount": percent(worth.discount) if worth else ""}


FIGURE = Panel(
    "value", "segmentation/value/_figure.html", _figure, gettext_lazy("Value per year"), "customer-value:read"
)
TAB = Panel(
    "value", "segmentation/value/_tab.html", _tab, pgettext_lazy("of a customer", "Value"), "customer-value:read"
)
