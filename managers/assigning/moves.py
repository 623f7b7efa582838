"""A head says yes or no to a move that the night suggested."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services.alerts import notify
from customers.models import Customer
from customers.services import assign_manager
from customers.services.managers import refuse_assigning
from customers.services.versions import STALE
from managers.models import MoveSuggestion

State = MoveSuggestion.State


@transaction.atomic
def approve_move(*, suggestion: MoveSuggestion, by: User, at: datetime, version: int | None = None) -> MoveSuggestion:
    """The customer moves at once, and who takes them on is told. Raises RuleBroken."""
    refuse_assigning(by)
    customer = Customer.objects.for_change(suggestion.customer)
    found = _open(suggestion, version)
    if customer.manager_id != found.giver_id:
        raise RuleBroken(_("The customer has another manager meanwhile: there is nothing to move."), code="overtaken")
    with override(None):  # in the words of the code, which each reader has in the own language
        reason = str(found.get_why_display())
    assign_manager(customer=customer, manager=found.taker, by=by, at=at, reason=reason)
    text = _("%(customer)s came to your book from %(giver)s.") % {"customer": customer, "giver": found.giver}
    notify(users=[found.taker], text=text, url=reverse("customer", args=[customer.pk]), at=at)
    return _decide(found, State.APPROVED, by=by, at=at)


@transaction.atomic
def refuse_move(
    *, suggestion: MoveSuggestion, reason: str, by: User, at: datetime, version: int | None = None
) -> MoveSuggestion:
    """The customer stays, and is not suggested again for a while. Raises RuleBroken."""
    refuse_assigning(by)
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    return _decide(_open(suggestion, version), State.REFUSED, by=by, at=at, reason=reason.strip())


@transaction.atomic
def approve_moves(*, suggestions: dict[int, int], by: User, at: datetime) -> int:
    """All of these, by their keys and the versions that were seen, or none. How many."""
    rows = (
        MoveSuggestion.objects.visible_to(by).filter(pk__in=suggestions).select_related("customer").order_by("customer")
    )
    for each in rows:
        approve_move(suggestion=each, by=by, at=at, version=suggestions[each.pk])
    return len(rows)


def _open(suggestion: MoveSuggestion, version: int | None) -> MoveSuggestion:
    found = MoveSuggestion.objects.for_change(suggestion)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this suggestion in the meantime."), code=STALE)
    if found.state != State.OPEN:
        raise RuleBroken(_("This suggestion is decided already: %(state)s.") % {"state": found.get_state_display()})
    return found


def _decide(found: MoveSuggestion, state: str, *, by: User, at: datetime, reason: str = "") -> MoveSuggestion:
    found.state, found.decided_by, found.decided_at, found.reason = state, by, at, reason
    found.version += 1
    found.save(update_fields=["state", "decided_by", "decided_at", "reason", "version"])
    told = {"giver": found.giver.username, "taker": found.taker.username, "reason": reason}
    audit.record(f"move.{state}", found, by=by, customer_id=found.customer_id, **told)
    return found
