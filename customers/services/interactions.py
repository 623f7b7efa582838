"""Every contact with a customer, by whichever channel."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, Interaction

CLOCK_SKEW = timedelta(minutes=5)


@transaction.atomic
def log_interaction(
    *,
    customer: Customer,
    at: datetime,
    channel: str,
    by: User,
    as_of: datetime,
    direction: str = Interaction.Direction.OUT,
    purpose: str = Interaction.Purpose.CARE,
    outcome: str = Interaction.Outcome.REACHED,
    note: str = "",
    next_on: date | None = None,
) -> Interaction:
    """What happened at `at`, which is not after `as_of`, now; the next step is not before the contact."""
    if at > as_of + CLOCK_SKEW:
        raise RuleBroken(_("A contact that lies in the future can't be logged."), field="at")
    if next_on and next_on < timezone.localdate(at):
        raise RuleBroken(_("The next step can't be before the contact."), field="next_on")
    interaction = Interaction.objects.create(
        customer=customer,
        at=at,
        channel=channel,
        direction=direction,
        purpose=purpose,
        outcome=outcome,
        note=note.strip(),
        next_on=next_on,
        by=by,
    )
    audit.record(
        "interaction.logged",
        interaction,
        by=by,
        customer_id=customer.pk,
        channel=channel,
        purpose=purpose,
        outcome=outcome,
    )
    return interaction
