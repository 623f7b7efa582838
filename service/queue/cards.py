"""Cards by which customers are recognised: remembered at a counter, and found again at every branch."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.crypto import keyed_hash
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.cards.numbers import is_card_number
from customers.models import Customer
from customers.services.versions import locked
from service.models import CardKey

NOISE = re.compile(r"[\s-]")


def hash_of(number: str) -> bytes:
    return keyed_hash("card " + NOISE.sub("", number))


@transaction.atomic
def remember_card(*, customer: Customer, number: str, by: User, at: datetime) -> CardKey:
    """Of a customer in reach, whose card is at hand. The same one again is the same. Raises RuleBroken."""
    customer = locked(customer, None)
    if not is_card_number(number):
        raise RuleBroken(
            _("This is no card number: 13 to 19 digits, the last of which tests the others."), field="number"
        )
    known = CardKey.objects.filter(number_hash=hash_of(number)).first()
    if known and known.customer_id != customer.pk:
        raise RuleBroken(_("This card is another customer's."), field="number", code="duplicate")
    if known:
        return known
    last_four = NOISE.sub("", number)[-4:]
    key = CardKey.objects.create(
        customer=customer, number_hash=hash_of(number), last_four=last_four, made_at=at, made_by=by
    )
    audit.record("card_key.made", key, by=by, customer_id=customer.pk, last_four=last_four)
    return key


@transaction.atomic
def forget_card(*, key: CardKey, by: User) -> None:
    """Lost, or handed back."""
    audit.record("card_key.forgotten", key, by=by, customer_id=key.customer_id, last_four=key.last_four)
    key.delete()


def holder_of(number: str) -> Customer | None:
    """Whose card it is; None for what is no card number, or a card that nobody has shown yet."""
    if not is_card_number(number):
        return None
    found = CardKey.objects.filter(number_hash=hash_of(number)).select_related("customer__merged_into").first()
    return (found.customer.merged_into or found.customer) if found else None
