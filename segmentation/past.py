"""The tier on a past day, on the page of the customer as of then."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from customers.past.reading import Past
from segmentation.decisions.views import answer


def _tier(request: HttpRequest, past: Past) -> dict[str, Any]:
    return answer(past.customer, past.day) | {"customer": past.customer, "in_page": True}


TIER = Panel("tier", "segmentation/_why.html", _tier, _("Tier"))
