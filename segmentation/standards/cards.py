"""The gold card by hand: reported lost, and found again. All else the night does."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from segmentation.models import GoldCard

State, Cause = GoldCard.State, GoldCard.Cause


def one_at_a_time() -> None:
    """The lock that the triggers of the table take too: a night and people move cards one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('goldcard'))")


@transaction.atomic
def report_lost(*, customer: Customer, on: date, note: str, by: User) -> GoldCard:
    """Suspends the card from a day on, today. Raises RuleBroken."""
    one_at_a_time()
    card = GoldCard.objects.for_change(customer)
    if card is None or card.state == State.WITHDRAWN:
        raise RuleBroken(_("The customer has no gold card."))
    if card.cause == Cause.LOSS:
        raise RuleBroken(_("This card was reported lost already."))
    return _move(card, on, State.SUSPENDED, Cause.LOSS, note, by)


@transaction.atomic
def resume(*, customer: Customer, on: date, note: str, by: User) -> GoldCard:
    """Makes a card valid again that was reported lost. What the standards suspend they alone resume. Raises RuleBroken."""
    one_at_a_time()
    card = GoldCard.objects.for_change(customer)
    if card is None or card.cause != Cause.LOSS:
        raise RuleBroken(_("No card was reported lost; what the tier suspends, the night resumes."))
    return _move(card, on, State.VALID, Cause.ENTITLED, note, by)


def _move(card: GoldCard, on: date, state: str, cause: str, note: str, by: User) -> GoldCard:
    """A day has one state, its last: what began on that day is replaced."""
    said: dict[str, Any] = {"state": state, "cause": cause, "note": note.strip(), "by": by}
    if on < card.since:
        raise RuleBroken(_("The card has been in this state since a later day."), field="on")
    if on == card.since:
        GoldCard.objects.filter(pk=card.pk).update(**said)
    else:
        GoldCard.objects.filter(pk=card.pk).update(until=on)
        card = GoldCard.objects.create(customer_id=card.customer_id, since=on, **said)
    card.refresh_from_db()
    audit.record(f"gold_card.{state}", card, by=by, customer_id=card.customer_id, cause=str(cause), note=note)
    return card
