"""Whom one may invite to an event, and inviting them: many at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.contacting.contactable import contactable_each
from customers.models import Customer, Purpose
from managers.models import Event, Invitation
from segmentation.models import Tier, TierPeriod

# so many at a time: a page shows each of them, and one statement writes them
MOST = 500


@dataclass(frozen=True)
class Judged:
    """A customer whom one may invite, or why not."""

    customer: Customer
    tier_id: int | None
    reason: str | Promise = ""


@dataclass(frozen=True)
class Answer:
    invited: Sequence[Invitation]
    refused: Sequence[Judged]


@transaction.atomic
def invite(*, event: Event, customers: Iterable[Customer], channel: str, by: User, at: datetime) -> Answer:
    """Those of the customers, who are in reach of `by`, whom one may invite; of the others it is said why not."""
    keys = {customer.pk for customer in customers}
    if len(keys) > MOST:
        raise RuleBroken(_("At most %(most)s customers at a time.") % {"most": MOST}, field="customers", code="many")
    rows = Customer.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",), no_key=True)
    found = list(rows)
    event = Event.objects.for_change(event.pk)
    if event.state not in (Event.State.PLANNED, Event.State.OPEN):
        raise RuleBroken(_("Nobody is invited: this event is %(state)s.") % {"state": event.get_state_display()})
    judged = judge(event=event, customers=found, channel=channel, at=at)
    invited = Invitation.objects.bulk_create(
        Invitation(
            event=event, customer=each.customer, channel=channel, tier_id=each.tier_id,
            invited_by=by, invited_at=at, changed_by=by, changed_at=at,
        )
        for each in judged if not each.reason
    )  # fmt: skip
    refused = [each for each in judged if each.reason]
    numbers = [each.customer.number for each in invited]
    if invited:
        audit.record("event.invited", event, by=by, channel=str(channel), customers=numbers, refused=len(refused))
    return Answer(invited, refused)


def judge(*, event: Event, customers: Sequence[Customer], channel: str, at: datetime) -> list[Judged]:
    """Each of them in their order, in a few queries however many there are. First come, first served where a quota ends."""
    keys = [customer.pk for customer in customers]
    invited = set(event.invitations.filter(customer__in=keys).values_list("customer_id", flat=True))
    reached = contactable_each(customers, Purpose.MARKETING, channel, at)
    tiers = dict(TierPeriod.objects.open().filter(customer__in=keys).values_list("customer_id", "tier_id"))
    left = _left(event)
    names = Tier.objects.in_bulk(left)
    judged = []
    for customer in customers:
        tier = tiers.get(customer.pk)
        reason = (
            _gone(customer) or (_("invited already") if customer.pk in invited else "") or reached[customer.pk].reason
        )
        if not reason and tier in left:
            if left[tier] <= 0:
                reason = _("the quota of %(tier)s is used up") % {"tier": names[tier]}
            left[tier] -= 1
        judged.append(Judged(customer, tier, reason))
    return judged


def _gone(customer: Customer) -> str:
    if customer.erased_on or customer.merged_into_id:
        return _("merged into another record, or erased")
    return str(customer.get_status_display()) if customer.status in customer.GONE else ""


def _left(event: Event) -> dict[int, int]:
    """Of each tier with a quota, how many may still be invited."""
    used = Counter(event.invitations.counting().values_list("tier_id", flat=True))
    return {tier: most - used[tier] for tier, most in event.quotas.values_list("tier_id", "invitations")}
