"""A book, or a part of it, is handed over: proposed, looked at, changed row by row, and done at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, HouseholdMember
from customers.services.managers import assign_managers, refuse_unable
from managers.handovers.dealing import Receiver, deal, give, weights_of
from managers.models import Manager
from segmentation.models import TierPeriod

STALE = "stale"


class Proposal:
    """Who gets whom of the book as far as `by` reaches it; `seal` is the same as long as the book and the loads are."""

    def __init__(self, *, giver: User, receivers: list[Any], by: User, tier: Any = None, at: datetime) -> None:
        day = timezone.localdate(at)
        self.giver, self.tier = giver, tier
        loaded = Manager.objects.with_book(day).filter(pk__in=[each.pk for each in receivers]).order_by("name", "pk")
        self.receivers = [Receiver(each, each.load, each.capacity) for each in loaded]
        book = book_of(giver, tier)
        self.weights = weights_of(book.open_to(by).values_list("pk", flat=True))
        self.out_of_reach = book.count() - len(self.weights)
        members = HouseholdMember.objects.holding(day).filter(customer__in=list(self.weights))
        self.dealt = deal(self.weights, dict(members.values_list("customer", "household")), self.receivers)

    @property
    def seal(self) -> str:
        return digest({str(key): user.pk for key, user in self.dealt.items()})

    def changed(self, by_hand: Mapping[int, User]) -> None:
        """Some of the customers go to somebody else of the receivers."""
        self.dealt |= {key: user for key, user in by_hand.items() if key in self.dealt}
        for each in self.receivers:
            each.customers, each.weight = [], 0
            give(each, [key for key, user in self.dealt.items() if user.pk == each.user.pk], self.weights)


def book_of(giver: User, tier: Any = None) -> Any:
    """Records that stand, of the manager; of one tier, where that is named."""
    rows = Customer.objects.unmerged().filter(manager=giver, erased_on=None)
    return rows.filter(pk__in=TierPeriod.objects.open().filter(tier=tier).values("customer")) if tier else rows


@transaction.atomic
def hand_over(*, giver: User, dealt: Mapping[int, User], by: User, at: datetime, reason: str) -> set[int]:
    """Give each of these customers of the book, by key, to another manager; the keys of those for whom that was done.

    Whose record somebody is changing stays. Raises RuleBroken where one of the managers may not have one of the customers.
    """
    if not dealt:
        raise RuleBroken(_("Nobody is in this book."))
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    own = set(Customer.objects.filter(pk__in=dealt, manager=giver).open_to(by).values_list("pk", flat=True))
    if own != set(dealt):
        raise RuleBroken(_("Somebody changed the book in the meantime. Look at it again."), code=STALE)
    if giver in dealt.values():
        raise RuleBroken(_("They have these customers."), field="receivers")
    refuse_unable(dealt, timezone.localdate(at))
    return assign_managers(managers=dealt, by=by, at=at, reason=reason.strip(), instead_of=[giver])
