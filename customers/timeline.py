"""Everything that happened with a customer, newest first, from all who contribute to the slot "customer.timeline".

A source is a callable `(customer, user, before, limit)` that returns its newest items before a moment. It may carry
`kind` and `label`, by which the timeline is filtered; `Source` gives it both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.base.merging import merged
from crm.base.slots import contributions
from crm.identity.scope import scope_of
from customers.models import Amendment, Customer, Interaction

SLOT = "customer.timeline"
PAGE = 20


@dataclass(frozen=True)
class Item:
    """`icon` names an icon of the set; `text` may be long; `why` leads to the explanation of an automatic result."""

    at: datetime
    kind: str
    title: str | Promise
    text: str = ""
    by: str = ""
    icon: str = "point"
    url: str = ""
    why: str = ""
    meta: str | Promise = ""


@dataclass(frozen=True)
class Source:
    kind: str
    label: str | Promise
    items: Callable[[Customer, Any, datetime | None, int], list[Item]]
    in_outline: bool = False

    def __call__(self, customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
        return self.items(customer, user, before, limit)


def sources() -> list[Any]:
    return contributions(SLOT)


def kinds() -> list[tuple[str, Any]]:
    """What the timeline can be narrowed to: (kind, label)."""
    return [(source.kind, source.label) for source in sources() if hasattr(source, "kind")]


def page_of(
    customer: Customer, user: Any, *, before: datetime | None = None, kind: str = "", limit: int = PAGE
) -> tuple[list[Item], datetime | None]:
    """The newest items before a moment, and the moment to go on from; None at the end.

    Items of one moment are never parted: where more than a page share it, the page grows.
    """
    asked = [source for source in sources() if not kind or getattr(source, "kind", "") == kind]
    if not scope_of(user).opens(customer):
        asked = [source for source in asked if getattr(source, "in_outline", False)]
    return merged(
        lambda most: (source(customer, user, before, most) for source in asked), moment=attrgetter("at"), limit=limit
    )


ICONS = {
    Interaction.Channel.BRANCH: "building",
    Interaction.Channel.PHONE: "phone",
    Interaction.Channel.MESSENGER: "message",
    Interaction.Channel.SMS: "message",
    Interaction.Channel.EMAIL: "mail",
    Interaction.Channel.VIDEO: "video",
    Interaction.Channel.VISIT: "walk",
    Interaction.Channel.EVENT: "calendar",
    Interaction.Channel.APP: "phone",
}


def _interactions(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    added = (
        Amendment.objects.filter(interaction=OuterRef("pk"))
        .order_by("at", "pk")
        .values(said=Concat("text", Value(" – "), "by__name", output_field=TextField()))
    )
    rows = Interaction.objects.filter(customer=customer).select_related("by").order_by("-at", "-pk")
    rows = rows.annotate(added=ArraySubquery(added))
    if before:
        rows = rows.filter(at__lt=before)
    return [_of(row) for row in rows[:limit]]


def _of(row: Interaction) -> Item:
    added = [gettext("Added: %(text)s") % {"text": text} for text in row.added]  # type: ignore[attr-defined]
    return Item(
        at=row.at,
        kind="interaction",
        title=row.get_channel_display(),
        text="\n".join([row.note, *added] if row.note else added),
        by=str(row.by or ""),
        icon=ICONS[Interaction.Channel(row.channel)],
        url=reverse("interaction", args=[row.pk]),
        meta=" · ".join([row.get_purpose_display(), row.get_outcome_display()]),
    )


INTERACTIONS = Source("interaction", _("Contacts"), _interactions, in_outline=True)
