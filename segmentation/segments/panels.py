"""What segments put on the page of a customer and into the list of customers."""

from datetime import datetime
from typing import Any

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.days import midnight
from crm.base.panels import Panel
from customers.lists import ListAddition, remembered
from customers.models import Customer
from customers.timeline import Item, Source
from segmentation.models import PrimarySegment, Segment, SegmentMembership


def _badges(request: Any, customer: Customer) -> dict[str, Any] | None:
    """The primary segment of each scheme, and how many others there are."""
    if not request.user.may("segments:read"):
        return None
    own = customer.primary_segments  # type: ignore[attr-defined]  # by the annotation
    if not own:
        return None
    several = SegmentMembership.objects.open().filter(customer=customer).count() - len(own)
    return {"primary": own, "others": several}


def with_primary() -> dict[str, Any]:
    """`primary_segments`: the names of the one of each scheme."""
    own = PrimarySegment.objects.open().filter(customer=OuterRef("pk")).order_by("scheme")
    return {"primary_segments": ArraySubquery(own.values("segment__name"))}


def _joined(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    """Each day on which the customer came into a segment or left one."""
    if not user.may("segments:read"):
        return []
    found = []
    for row in SegmentMembership.objects.filter(customer=customer).select_related("segment"):
        url = reverse("segment", args=[row.segment_id])
        days = [(row.since, _("Joined the segment %(segment)s"))]
        days += [(row.until, _("Left the segment %(segment)s"))] if row.until else []
        found += [
            Item(at=midnight(day), kind="segment", title=text % {"segment": row.segment}, icon="chart-pie", url=url)
            for day, text in days
        ]
    found.sort(key=lambda item: item.at, reverse=True)
    return [item for item in found if before is None or item.at < before][:limit]


def _choices() -> list[tuple[str, str]]:
    rows = Segment.objects.in_use().order_by("scheme", "priority", "code")
    return remembered("segments", lambda: dict(rows.values_list("code", "name")))


def _within(rows: QuerySet, name: str, code: str) -> QuerySet:
    if not code:
        return rows
    return rows.filter(pk__in=SegmentMembership.objects.open().filter(segment__code=code).values("customer_id"))


def _filters() -> dict[str, django_filters.Filter]:
    return {"segment": django_filters.ChoiceFilter(label=_("Segment"), choices=_choices, method=_within)}


BADGES = Panel("segments", "segmentation/segments/_badges.html", _badges)
JOINED = Source("segment", gettext_lazy("Segments"), _joined)
LIST = ListAddition(filters=_filters)
