"""What duplicates put on the page of a customer, and into its timeline."""

from datetime import datetime
from typing import Any

from django.db.models import F, Func, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.identity.models import User
from customers.models import Customer, Duplicate, Merge
from customers.timeline import Item, Source


def with_alike() -> dict[str, Any]:
    """`alike_count`: records that may be the same customer."""
    pairs = Duplicate.objects.open().filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk"))).order_by()
    counted = pairs.annotate(n=Func(F("pk"), function="count")).values("n")
    return {"alike_count": Subquery(counted)}


def _alike(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    count = customer.alike_count  # type: ignore[attr-defined]  # by the annotation
    return {"count": count} if count else None


def _merges(customer: Customer, user: User, before: datetime | None, limit: int) -> list[Item]:
    """Merged into this record, or this one into another; and what was undone."""
    if not user.may("duplicates:read"):
        return []
    rows = Merge.objects.of(customer.pk).visible_to(user).select_related("survivor", "absorbed", "by", "undone_by")
    if before:
        rows = rows.filter(Q(at__lt=before) | Q(undone_at__lt=before))
    found = []
    for merge in rows[:limit]:
        other = merge.absorbed if merge.survivor_id == customer.pk else merge.survivor
        text = _("Merged with %(number)s") % {"number": other.number}
        found.append(_item(merge.at, text, merge.by, merge.reason))
        if merge.undone_at:
            text = _("Parted from %(number)s") % {"number": other.number}
            found.append(_item(merge.undone_at, text, merge.undone_by, merge.undone_because))
    return [item for item in found if before is None or item.at < before]


def _item(at: datetime, title: str, by: User | None, text: str) -> Item:
    return Item(at=at, kind="merge", title=title, text=text, by=str(by or ""), icon="git-merge")


NOW = Panel("alike", "customers/duplicates/_now.html", _alike, gettext_lazy("Duplicates"), "duplicates:read")
MERGES = Source("merge", gettext_lazy("Merges"), _merges)
