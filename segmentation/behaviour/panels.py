"""How a customer behaves, as a tab of their page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from customers.models import Customer
from segmentation.behaviour.reading import behaviour_of, last_day, said


def _behaviour(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    found = behaviour_of(customer)
    if found is None:
        return {"groups": []}
    return {"groups": said(found), "as_of": last_day(found.month), "quintiles": range(1, 6)}


TAB = Panel("behaviour", "segmentation/behaviour/_tab.html", _behaviour, _("Behaviour"), "behaviour:read")
