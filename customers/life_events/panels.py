"""What life events put on the page of a customer and into the timeline."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from crm.base.days import midnight
from crm.base.panels import Panel
from crm.base.prepared import DAY
from customers.life_events.days import said
from customers.models import Customer, LifeEvent
from customers.timeline import Item, Source

SHOWN = 6


def events_of(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """For the tab of preferences."""
    user: Any = request.user
    if not user.may("life-events:read"):
        return {"may_read_events": False}
    rows = LifeEvent.objects.standing().filter(customer=customer).select_related("by")
    return {
        "may_read_events": True,
        "may_write_events": user.may("life-events:write") and not customer.merged_into_id,
        "events": [(event, said(event.on, event.precision)) for event in rows],
    }


def with_near_events() -> dict[str, Any]:
    """`near_events`: those within 90 days before or after the day, the next first."""
    near = LifeEvent.objects.near(DAY).filter(customer=OuterRef("pk")).order_by("on", "pk")
    told = near.values(told=JSONObject(kind="kind", on="on", precision="precision", about="about"))
    return {"near_events": ArraySubquery(told[:SHOWN])}


def _now(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    near = getattr(customer, "near_events", [])
    if not near:
        return None
    today = timezone.localdate()
    return {"near": [_line(one, today) for one in near]}


def _line(told: dict[str, str], today: date) -> dict[str, Any]:
    on = date.fromisoformat(told["on"])
    return {
        "words": " · ".join(filter(None, [str(LifeEvent.Kind(told["kind"]).label), told["about"]])),
        "day": said(on, told["precision"]),
        "is_ahead": on > today,
    }


NOW = Panel("life_events", "customers/life_events/_now.html", _now, gettext_lazy("Life events"), "life-events:read")


def _happened(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    """Up to today: what lies ahead stands in what matters now, and on the tab."""
    if not user.may("life-events:read"):
        return []
    rows = LifeEvent.objects.standing().filter(customer=customer, on__lte=timezone.localdate())
    if before:  # a day begins at its midnight
        rows = rows.filter(on__lte=timezone.localdate(before))
    items = [_item(row) for row in rows.select_related("by").order_by("-on", "-pk")[: limit + 1]]
    return [item for item in items if before is None or item.at < before][:limit]


def _item(row: LifeEvent) -> Item:
    return Item(
        at=midnight(row.on),
        kind="life_event",
        title=str(row),
        text=row.about,
        by=str(row.by or ""),
        icon="cake",
        meta=" · ".join(
            filter(None, [row.get_source_display(), "" if row.precision == "day" else said(row.on, row.precision)])
        ),
    )


HAPPENED = Source("life_event", gettext_lazy("Life events"), _happened)
