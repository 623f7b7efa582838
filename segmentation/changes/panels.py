"""What changes put into the timeline of a customer."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from crm.base.days import midnight
from customers.models import Customer
from customers.timeline import Item, Source
from segmentation.models import Change

ICONS = {
    "inflow": "arrow-down-left",
    "outflow": "arrow-up-right",
    "money_left": "trending-down",
    "tier": "stairs",
    "maturity": "calendar-due",
    "birthday": "cake",
    "address": "home",
    "job": "briefcase",
}


def _noticed(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    """Each on its business date; a move of tier stands there already."""
    if not user.may("changes:read"):
        return []
    rows = Change.objects.filter(customer=customer).exclude(kind="tier").select_related("rule")
    if before:
        rows = rows.filter(day__lte=timezone.localdate(before))
    items = [_item(row) for row in rows.order_by("-day", "-pk")[: limit + 1]]
    return [item for item in items if before is None or item.at < before][:limit]


def _item(row: Change) -> Item:
    return Item(
        at=midnight(row.day),
        kind="change",
        title=row.rule.name,
        text=str(row),
        icon=ICONS[row.kind],
        why=reverse("change_why", args=[row.pk]),
    )


NOTICED = Source("change", gettext_lazy("Customer changes"), _noticed)
