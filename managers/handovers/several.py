"""Several customers, of whichever books, are handed over together or not at all, with a sentence for each that can't be."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.errors import RowsRefused, RuleBroken
from crm.identity.models import User
from customers.models import Customer
from customers.services.managers import assign_managers, refuse_assigning, refuse_unable
from managers.models import Handover

Refusals = Iterator[tuple[int, RuleBroken]]


class Wish(NamedTuple):
    """A customer is to go to the receiver."""

    customer: Customer
    receiver: User
    reason: str


@transaction.atomic
def hand_over_several(*, wishes: Sequence[Wish], by: User, at: datetime) -> list[Handover]:
    """The handovers that this makes, one of each wish. Raises RowsRefused, with the places of the wishes."""
    refuse_assigning(by)
    day = timezone.localdate(at)
    _refuse(_unfit(wishes))
    _refuse(_unable(wishes, day))
    for reason in dict.fromkeys(wish.reason for wish in wishes):
        _assign([(place, wish) for place, wish in enumerate(wishes) if wish.reason == reason], by, at)
    found = Handover.objects.filter(customer__in=[wish.customer for wish in wishes], handed_on=day).with_balance()
    made = {each.customer_id: each for each in found.select_related("customer", "giver", "receiver", "made_by")}
    _refuse(
        (place, RuleBroken(_("They had this customer until today: assign them again."), field="receiver"))
        for place, wish in enumerate(wishes)
        if wish.customer.pk not in made
    )
    return [made[wish.customer.pk] for wish in wishes]


def _refuse(refusals: Refusals) -> None:
    if rows := dict(refusals):
        raise RowsRefused(rows)


def _unfit(wishes: Sequence[Wish]) -> Refusals:
    """What a row says of itself."""
    times = Counter(wish.customer.pk for wish in wishes)
    for place, (customer, receiver, _reason) in enumerate(wishes):
        if times[customer.pk] > 1:
            yield place, RuleBroken(_("This customer stands in several rows."), field="customer")
        elif customer.manager_id is None:
            yield place, RuleBroken(_("Nobody has this customer: assign a manager."), field="customer")
        elif customer.manager_id == receiver.pk:
            yield place, RuleBroken(_("They have this customer."), field="receiver")


def _unable(wishes: Sequence[Wish], day: date) -> Refusals:
    """Whom the receivers may not have."""
    places = {wish.customer.pk: place for place, wish in enumerate(wishes)}
    given: dict[User, list[int]] = defaultdict(list)
    for wish in wishes:
        given[wish.receiver].append(wish.customer.pk)
    for receiver, customers in given.items():
        for customer, refusal in _among(receiver, customers, day):
            yield places[customer], RuleBroken(refusal.message, field="receiver", code=refusal.code)


def _among(receiver: User, customers: Sequence[int], day: date) -> Refusals:
    """By key of the customer. All are asked for at once, and halves where somebody is refused, until it is known who."""
    try:
        refuse_unable(dict.fromkeys(customers, receiver), day)
    except RuleBroken as refusal:
        if len(customers) == 1:
            yield customers[0], refusal
            return
        half = len(customers) // 2
        yield from _among(receiver, customers[:half], day)
        yield from _among(receiver, customers[half:], day)


def _assign(wishes: list[tuple[int, Wish]], by: User, at: datetime) -> None:
    receivers = {wish.customer.pk: wish.receiver for _place, wish in wishes}
    givers = {wish.customer.manager for _place, wish in wishes if wish.customer.manager}
    done = assign_managers(managers=receivers, by=by, at=at, reason=wishes[0][1].reason, instead_of=givers)
    _refuse(
        (place, RuleBroken(_("Somebody is changing this record: try again."), field="customer"))
        for place, wish in wishes
        if wish.customer.pk not in done
    )
