"""What preferences put on the page of a customer and into the timeline; their tab holds the life events too."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.base.templatetags.frame import said_day
from customers.life_events.panels import events_of
from customers.models import Customer, Preference
from customers.preferences.querysets import kinds_for
from customers.preferences.reading import known_of
from customers.preferences.words import said
from customers.timeline import Item, Source

SHOWN = 50


def _tab(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    user: Any = request.user
    kinds = kinds_for(user, Preference.Kind, customer)
    rows = Preference.objects.filter(customer=customer, kind__in=kinds)
    holding = list(rows.holding().select_related("by").order_by("recorded_at", "pk"))
    earlier = rows.exclude(pk__in=[row.pk for row in holding]).select_related("by", "ended_by")
    return {
        "known": known_of(customer, kinds, holding),
        "earlier": [(row, said(row.kind, row.value)) for row in earlier[:SHOWN]],
        "may_note": user.may("preferences:write") and not customer.merged_into_id,
        **events_of(request, customer),
    }


TAB = Panel(
    "preferences",
    "customers/preferences/_tab.html",
    _tab,
    gettext_lazy("Preferences"),
    "preferences:read",
    in_outline=True,
)


def _noted(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("preferences:read"):
        return []
    rows = Preference.objects.filter(
        customer=customer, kind__in=kinds_for(user, Preference.Kind, customer)
    ).select_related("by")
    if before:
        rows = rows.filter(recorded_at__lt=before)
    return [_item(row) for row in rows.order_by("-recorded_at", "-pk")[:limit]]


def _item(row: Preference) -> Item:
    learnt = _("learnt on %(day)s") % {"day": said_day(row.learnt_on)}
    return Item(
        at=row.recorded_at,
        kind="preference",
        title=f"{row}: {said(row.kind, row.value)}",
        by=str(row.by or ""),
        icon="heart",
        meta=" · ".join([row.get_source_display(), learnt]),
    )


NOTED = Source("preference", gettext_lazy("Preferences"), _noted, in_outline=True)
