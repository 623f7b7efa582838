"""Verbs on needs: noted, alone or with the contact in which they were said; withdrawn."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, Interaction, Need, Product
from customers.services import log_interaction
from customers.services.versions import locked

WITHDRAWABLE = timedelta(hours=24)
LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){5,}")


@transaction.atomic
def log_contact(*, need: dict[str, Any] | None = None, by: User, as_of: datetime, **contact: Any) -> Interaction:
    """`log_interaction`, and the need that came up: both, or neither."""
    interaction = log_interaction(by=by, as_of=as_of, **contact)
    if need:
        try:
            note_need(customer=interaction.customer, interaction=interaction, by=by, at=as_of, **need)
        except RuleBroken as refusal:
            raise RuleBroken(str(refusal), field=f"need_{refusal.field}", code=refusal.code) from None
    return interaction


@transaction.atomic
def note_need(
    *,
    customer: Customer,
    wish: str,
    is_met: bool,
    by: User,
    at: datetime,
    family: str = "",
    product: Product | None = None,
    met_by: str = "",
    quote: str = "",
    interaction: Interaction | None = None,
) -> Need:
    """`family` is the product's, where one is named."""
    customer = locked(customer, None)
    family, met_by, quote = product.family if product else family, met_by.strip(), " ".join(quote.split())
    if family not in Product.Family.values:
        raise RuleBroken(_("A need is a product and what is wanted of it."), field="about")
    if wish not in Need.Wish.values:
        raise RuleBroken(_("A need is a product and what is wanted of it."), field="wish")
    if is_met and met_by:
        raise RuleBroken(_("Either the need is met here, or somebody else meets it."), field="met_by")
    if interaction and interaction.customer_id != customer.pk:
        raise RuleBroken(_("This contact was with another customer."), field="interaction")
    _refuse_telling(customer, "quote", quote)
    _refuse_telling(customer, "met_by", met_by)
    need = Need.objects.create(
        customer=customer,
        interaction=interaction,
        family=family,
        product=product,
        wish=wish,
        is_met=is_met,
        met_by=met_by,
        quote=quote,
        noted_at=at,
        by=by,
    )
    audit.record("need.noted", need, by=by, family=family, wish=wish, is_met=is_met)
    return need


def _refuse_telling(customer: Customer, field: str, text: str) -> None:
    """The product department reads it, and no customer."""
    name = customer.name.casefold()
    if LONG_NUMBER.search(text) or "@" in text or (name and name in text.casefold()) or customer.number in text:
        raise RuleBroken(_("Leave names, numbers and addresses out: others than your colleagues read it."), field=field)


@transaction.atomic
def withdraw_need(*, need: Need, by: User, at: datetime) -> Need:
    """What was noted by mistake no longer counts. Within a day, by who noted it: then the report is made."""
    need = Need.objects.for_change(need)
    if need.withdrawn_at is not None:
        raise RuleBroken(_("This need is withdrawn already."))
    if need.by_id != by.pk or at - need.noted_at >= WITHDRAWABLE:
        raise RuleBroken(_("Who noted a need withdraws it within 24 hours."))
    need.withdrawn_at = at
    need.save(update_fields=["withdrawn_at"])
    audit.record("need.withdrawn", need, by=by)
    return need
