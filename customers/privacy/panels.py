"""What privacy puts on the frame: an erased customer is found by the number alone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.search import Found, Hit
from customers.models import Erasure


def found_erasures(user: Any, text: str, limit: int) -> Found | None:
    """For the search box: the whole number, and only of who is erased."""
    if not user.may("erasures:read"):
        return None
    rows = Erasure.objects.visible_to(user).filter(customer__number=text, customer__erased_on__isnull=False)
    hits = [
        Hit(text, reverse("erasure", args=[pk]), Erasure.State(state).label)
        for pk, state in rows.values_list("pk", "state")[:limit]
    ]
    return Found(_("Erased customers"), "eraser", hits)
