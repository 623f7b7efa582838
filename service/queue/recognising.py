"""Who takes a number: found by exactly what they show, at every branch, without opening anything of theirs."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from customers.querysets.search import exact_contact
from customers.services.lookups import MOST_SHARED, find_beyond
from segmentation.models import Tier, TierPeriod
from segmentation.standards.entitlements import entitlements_of
from service.models import QueueNumber
from service.queue.cards import holder_of

FoundBy = QueueNumber.FoundBy


@dataclass(frozen=True)
class Known:
    """What a branch is told of somebody: the tier, and how early they are served."""

    customer: Customer | None = None
    found_by: str = FoundBy.WALK_IN
    tier: Tier | None = None
    weight: int = 0


def recognise(*, text: str, by: User, at: datetime, on: date) -> Known:
    """Nobody for no text. A look beyond the own reach counts among those of an hour. Raises RuleBroken."""
    text = text.strip()
    if not text:
        return Known()
    holder = holder_of(text)
    shown = holder.number if holder else text
    near = list(Customer.objects.visible_to(by).exactly(shown)[: MOST_SHARED + 1])
    found = near or _beyond(shown, by, at)
    # a look that finds nobody, or several, is undone with the number, and counts all the same
    looked = None if near else partial(find_beyond, text=shown, by=by, at=at)
    if not found:
        refusal = _("Nobody is known by this. Check it, or give a number without it.")
        raise RuleBroken(refusal, field="text", code="unknown", afterwards=looked)
    if len(found) > 1:
        refusal = _("Several customers share it. Ask for a document.")
        raise RuleBroken(refusal, field="text", code="shared", afterwards=looked)
    return known(found[0], FoundBy.CARD if holder else _how(text, found[0]), on)


def known(customer: Customer, found_by: str, on: date) -> Known:
    period = TierPeriod.objects.filter(customer=customer).holding(on).select_related("tier").first()
    weight = entitlements_of(customer, on).queue_weight
    return Known(customer, found_by, period.tier if period else None, weight)


def _beyond(text: str, by: User, at: datetime) -> list[Customer]:
    try:
        return find_beyond(text=text, by=by, at=at)
    except RuleBroken as refusal:
        raise RuleBroken(str(refusal), field="text", code=refusal.code) from None


def _how(text: str, customer: Customer) -> str:
    is_phone = text != customer.number and "phone_hash" in exact_contact(text)
    return FoundBy.PHONE if is_phone else FoundBy.OTHER
