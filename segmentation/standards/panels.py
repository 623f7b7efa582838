"""What service standards put on the page of a customer."""

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.days import midnight
from crm.base.panels import Panel
from crm.base.prepared import DAY
from customers.models import Customer
from customers.timeline import Item, Source
from segmentation.models import EntitlementUse, GoldCard
from segmentation.standards.offers import offers_of
from segmentation.standards.saying import rate_of
from segmentation.standards.shown import shown_of

RECENT = 10
HAS = (GoldCard.State.ISSUED, GoldCard.State.VALID, GoldCard.State.SUSPENDED)


def _badge(request: Any, customer: Customer) -> dict[str, Any] | None:
    """Of who has a card, whatever its state; the state is told where it is not simply valid."""
    if not request.user.may("gold-cards:read"):
        return None
    said = customer.gold_card  # type: ignore[attr-defined]  # by the annotation
    return {"card": GoldCard(**said)} if said and said["state"] in HAS else None


def with_card() -> dict[str, Any]:
    """`gold_card`: the state and the cause of the card of the day, or None."""
    cards = (
        GoldCard.objects.filter(customer=OuterRef("pk"))
        .holding(DAY)
        .order_by()
        .values(said=JSONObject(state="state", cause="cause"))
    )
    return {"gold_card": Subquery(cards[:1])}


def _entitlements(request: Any, customer: Customer) -> dict[str, Any]:
    user: Any = request.user
    today = timezone.localdate()
    shown = shown_of(customer, user, today)
    rows = EntitlementUse.objects.filter(customer=customer).with_undone().select_related("benefit", "by")
    uses = [(use, _may_undo(use, today)) for use in rows.order_by("-used_on", "-pk")[:RECENT]]
    cards = GoldCard.objects.filter(customer=customer).select_related("by").order_by("-since")
    return {
        "shown": shown,
        "today": today,
        "uses": uses,
        "cards": cards[:RECENT],
        "offers": [(offer.product, rate_of(offer.rate)) for offer in offers_of(customer, today)],
        "may_record": user.may("entitlement-uses:write"),
        "may_override": user.may("entitlement-overrides:write"),
        "may_card": user.may("gold-cards:write"),
        "is_lost": shown.card is not None and shown.card.cause == GoldCard.Cause.LOSS,
        "has_card": shown.card is not None and shown.card.state in HAS,
    }


def _may_undo(use: Any, today: date) -> bool:
    return use.reverses_id is None and not use.is_undone and timezone.localdate(use.recorded_at) == today


BADGE = Panel("gold_card", "segmentation/standards/_badge.html", _badge, in_outline=True)
ENTITLEMENTS = Panel(
    "entitlements",
    "segmentation/standards/_entitlements.html",
    _entitlements,
    gettext_lazy("Entitlements"),
    "entitlement-uses:read",
    in_outline=True,
)


def _used(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("entitlement-uses:read"):
        return []
    rows = EntitlementUse.objects.standing().filter(customer=customer).select_related("benefit", "by")
    rows = rows.order_by("-recorded_at", "-pk")
    if before:
        rows = rows.filter(recorded_at__lt=before)
    here = _here(customer)
    return [
        Item(
            at=use.recorded_at,
            kind="entitlement",
            title=_("Used: %(benefit)s") % {"benefit": use.benefit},
            text=use.note,
            by=str(use.by),
            icon="star",
            url=here,
            meta=" · ".join(filter(None, [use.get_channel_display(), use.place])),
        )
        for use in rows[:limit]
    ]


def _states(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    """Each day on which the gold card came into another state."""
    if not user.may("gold-cards:read"):
        return []
    rows = GoldCard.objects.filter(customer=customer).select_related("by").order_by("-since")
    here = _here(customer)
    items = [
        Item(
            at=midnight(card.since),
            kind="gold_card",
            title=_("Gold card: %(state)s") % {"state": card.get_state_display()},
            text=card.note,
            by=str(card.by or ""),
            icon="credit-card",
            url=here,
            meta=card.get_cause_display(),
        )
        for card in rows
    ]
    return [item for item in items if before is None or item.at < before][:limit]


def _here(customer: Customer) -> str:
    return f"{reverse('customer', args=[customer.pk])}?tab=entitlements"


USED = Source("entitlement", gettext_lazy("Benefits used"), _used)
STATES = Source("gold_card", gettext_lazy("Gold card"), _states)
