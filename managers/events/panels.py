"""What invitations put on the page of a customer and into the timeline, of other branches too."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from crm.identity.models import User
from customers.models import Customer
from customers.timeline import Item, Source
from managers.events.querysets import sees
from managers.models import Event, Invitation

SHOWN = 4


def with_invitations() -> dict[str, Any]:
    """`coming_events`: the next ones to which the customer is invited."""
    own = Invitation.objects.open().filter(customer=OuterRef("pk"), event__state__in=Event.AHEAD)
    said = JSONObject(
        event="event_id",
        name=F("event__name"),
        path=F("event__branch__path"),
        starts_at=F("event__starts_at"),
        state="state",
    )
    return {"coming_events": ArraySubquery(own.order_by("event__starts_at").values(said=said)[:SHOWN])}


def _now(request: Any, customer: Customer) -> dict[str, Any] | None:
    found = customer.coming_events  # type: ignore[attr-defined]  # by the annotation
    lines = [
        {
            "event": Event(pk=said["event"], name=said["name"], starts_at=datetime.fromisoformat(said["starts_at"])),
            "state": Invitation.State(said["state"]).label,
            "is_seen": sees(request.user, said["path"]),
        }
        for said in found
    ]
    return {"lines": lines} if lines else None


def _items(customer: Customer, user: User, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("events:read"):
        return []
    rows = Invitation.objects.filter(customer=customer).order_by("-changed_at", "-pk")
    rows = rows.select_related("event__branch", "changed_by")
    if before:
        rows = rows.filter(changed_at__lt=before)
    return [
        Item(
            at=each.changed_at,
            kind="event",
            title=str(each.event),
            text=each.get_state_display(),
            by=str(each.changed_by or ""),
            icon="calendar-event",
            url=reverse("event", args=[each.event_id]) if sees(user, each.event.branch.path) else "",
            meta=each.event.get_kind_display(),
        )
        for each in rows[:limit]
    ]


NOW = Panel("events", "managers/events/_now.html", _now, _("Events"), "events:read")
TIMELINE = Source("event", _("Events"), _items)
