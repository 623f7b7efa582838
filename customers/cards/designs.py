"""Which cards the bank makes at its counters."""

from django.db import transaction

from crm.audit import services as audit
from crm.identity.models import User
from customers.models import CardDesign


@transaction.atomic
def save_design(*, design: CardDesign, by: User | str) -> CardDesign:
    """A new one, or a changed one. One that is no longer offered stays: blanks and cards of it are told of."""
    design.full_clean()
    design.save()
    audit.record(
        "card_design.saved", design, by=by, code=design.code, is_gold=design.is_gold, is_offered=design.is_offered
    )
    return design
