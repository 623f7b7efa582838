"""Verbs on gifts: recorded within the cap of a year, proposed above it, struck out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.companies.refusing import refuse_amount
from customers.models import Customer
from customers.services.versions import locked
from managers.models import Event, Gift, Invitation
from segmentation.rules.sentences import money

ABOVE = "gift_above_cap"


@dataclass(frozen=True)
class Recorded:
    """`above` are the customers for whom it needs an approval."""

    gifts: Sequence[Gift]
    above: Sequence[Customer]


@transaction.atomic
def record_gift(
    *,
    customer: Customer,
    kind: str,
    what: str,
    amount: Decimal,
    given_on: date,
    by: User,
    at: datetime,
    event: Event | None = None,
    proposal: Proposal | None = None,
) -> Gift:
    """Raises RuleBroken (code CAP) where the customer would be given more in the year than goes without an approval."""
    customer = locked(customer, None)
    refuse_gift(customer, kind, what, amount, given_on, event, at)
    total = Gift.objects.given([customer.pk], given_on.year).get(customer.pk, Decimal(0)) + amount
    if proposal is None and total > settings.CRM_GIFT_CAP:
        said = {"total": _money(total), "year": given_on.year, "cap": _money(Decimal(settings.CRM_GIFT_CAP))}
        text = _("With this %(total)s in %(year)s: more than %(cap)s needs an approval. Say why it is to be given.")
        raise RuleBroken(text % said, field="amount", code="cap")
    gift = Gift.objects.create(
        customer=customer, event=event, kind=kind, what=what.strip(), amount=amount, given_on=given_on,
        currency=settings.CRM_BASE_CURRENCY, recorded_at=at, by=by, proposal=proposal,
    )  # fmt: skip
    audit.record("gift.recorded", gift, by=by, amount=str(amount), given_on=str(given_on))
    return gift


def propose_gift(
    *, customer: Customer, kind: str, what: str, amount: Decimal, given_on: date, reason: str, by: User, at: datetime,
    event: Event | None = None,
) -> Proposal:  # fmt: skip
    """What is above the cap: somebody else decides."""
    content: dict[str, Any] = {
        "customer": customer.number,
        "kind": str(kind),
        "what": what.strip(),
        "amount": str(amount),
        "given_on": given_on.isoformat(),
        "event": event.pk if event else None,
    }
    title = _("Gift above the cap: %(number)s") % {"number": customer.number}
    return propose(kind=ABOVE, content=content, title=title, reason=reason, by=by, at=at)


@transaction.atomic
def record_for_guests(*, event: Event, what: str, amount: Decimal, by: User, at: datetime) -> Recorded:
    """The value per guest of an event that was held, for those in reach of `by` who attended and have none of it yet."""
    event = Event.objects.for_change(event.pk)
    if event.state != Event.State.HELD:
        raise RuleBroken(_("What guests were given is recorded once the event was held."), code="state")
    day = timezone.localdate(event.starts_at)
    guests = Invitation.objects.visible_to(by).filter(event=event, state=Invitation.State.ATTENDED)
    keys = guests.exclude(customer__in=event.gifts.standing().values("customer")).values("customer")
    rows = Customer.objects.unmerged().filter(pk__in=keys, erased_on=None).order_by("pk")
    people = list(rows.select_for_update(of=("self",), no_key=True))
    for customer in people[:1]:
        refuse_gift(customer, Gift.Kind.HOSPITALITY, what, amount, day, event, at)
    given = Gift.objects.given([customer.pk for customer in people], day.year)
    above = [each for each in people if given.get(each.pk, 0) + amount > settings.CRM_GIFT_CAP]
    gifts = Gift.objects.bulk_create(
        Gift(
            customer=each, event=event, kind=Gift.Kind.HOSPITALITY, what=what.strip(), amount=amount, given_on=day,
            currency=settings.CRM_BASE_CURRENCY, recorded_at=at, by=by,
        )
        for each in people if each not in above
    )  # fmt: skip
    audit.record("event.gifts_recorded", event, by=by, gifts=len(gifts), above=len(above), amount=str(amount))
    return Recorded(gifts, above)


@transaction.atomic
def strike_gift(*, gift: Gift, reason: str, by: User, at: datetime) -> Gift:
    """Recorded in error: it counts no more."""
    gift = Gift.objects.for_change(gift)
    if gift.struck_at is not None:
        raise RuleBroken(_("This is struck out already."), code="struck")
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    gift.struck_at, gift.struck_by, gift.struck_because = at, by, reason.strip()
    gift.save(update_fields=["struck_at", "struck_by", "struck_because"])
    audit.record("gift.struck_out", gift, by=by, reason=gift.struck_because)
    return gift


def refuse_gift(
    customer: Customer, kind: str, what: str, amount: Decimal, given_on: date, event: Event | None, at: datetime
) -> None:
    if kind not in Gift.Kind.values:
        raise RuleBroken(_("A gift or hospitality."), field="kind")
    if not 1 <= len(what.strip()) <= 120:
        raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": 120}, field="what")
    refuse_amount(amount, settings.CRM_BASE_CURRENCY)
    if given_on > timezone.localdate(at):
        raise RuleBroken(_("What is given later is recorded later."), field="given_on")
    if event and not event.invitations.filter(customer=customer).exists():
        raise RuleBroken(_("This customer was not invited to that event."), field="event")


def _money(amount: Decimal) -> str:
    return money(amount, settings.CRM_BASE_CURRENCY)
