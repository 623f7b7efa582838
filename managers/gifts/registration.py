"""What gifts add to the roles, the slots, the pages, to proposals, to a merge and to an erasure."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.models import Customer
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from customers.timeline import Item, Source
from managers.gifts.proposals import GIFT_ABOVE_CAP
from managers.gifts.viewsets import GiftViewSet
from managers.models import Gift
from segmentation.rules.sentences import money

TOLD = Told("gifts", _("Gifts and hospitality"), Gift, ("kind", "what", "amount", "currency", "given_on", "struck_at"))
TAKEN = Owned(_("What was given"), Category.CONDUCT, Gift, function="managers_erase_gifts")


def _items(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("gifts:read"):
        return []
    rows = Gift.objects.standing().filter(customer=customer).select_related("by", "event")
    if before:
        rows = rows.filter(recorded_at__lt=before)
    return [
        Item(
            at=each.recorded_at, kind="gift", title=each.get_kind_display(), text=each.what, by=str(each.by), icon="gift",
            meta=" · ".join(filter(None, [money(each.amount, each.currency), str(each.event or "")])),
        )
        for each in rows.order_by("-recorded_at", "-pk")[:limit]
    ]  # fmt: skip


def register() -> None:
    allow("gifts:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("gifts:write", Role.MANAGER, Role.HEAD)
    contribute("api.routes", ("gifts", GiftViewSet, "gifts"))
    contribute("approvals.kinds", GIFT_ABOVE_CAP)
    contribute(SLOT, Moves("gifts", _("Gifts and hospitality"), Gift))
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
    contribute("navigation", NavigationEntry(_("Gifts"), "gifts", "gift", "sales", "gifts:read"))
    contribute("customer.timeline", Source("gift", _("Gifts"), _items))
