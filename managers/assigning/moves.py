"""A head says yes or no to moves that the night suggested: as many statements for a thousand as for two."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services.alerts import notify
from customers.models import Customer
from customers.services.managers import assign_managers, refuse_assigning, refuse_unable
from customers.services.versions import STALE
from managers.assigning.querysets import SuggestionQuerySet
from managers.assigning.writing import tell_takers
from managers.models import MoveSuggestion

State = MoveSuggestion.State


@transaction.atomic
def approve_move(*, suggestion: MoveSuggestion, by: User, at: datetime, version: int | None = None) -> None:
    """The customer moves at once, and who takes them on is told. Raises RuleBroken."""
    refuse_assigning(by)
    _approve(MoveSuggestion.objects.filter(pk=suggestion.pk), {suggestion.pk: version}, by, at)


@transaction.atomic
def approve_moves(*, suggestions: Mapping[int, int], by: User, at: datetime) -> int:
    """All of these in reach, by their keys and the versions that were seen, or none; how many. Raises RuleBroken."""
    refuse_assigning(by)
    rows = MoveSuggestion.objects.visible_to(by).filter(pk__in=suggestions)
    return _approve(rows, suggestions, by, at)


@transaction.atomic
def refuse_move(*, suggestion: MoveSuggestion, reason: str, by: User, at: datetime, version: int | None = None) -> None:
    """The customer stays, and is not suggested again for a while. Raises RuleBroken."""
    refuse_assigning(by)
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    found = _open(MoveSuggestion.objects.filter(pk=suggestion.pk), {suggestion.pk: version})
    _decide(found, State.REFUSED, by=by, at=at, reason=reason.strip())


def _approve(rows: SuggestionQuerySet, versions: Mapping[int, int | None], by: User, at: datetime) -> int:
    """Whoever gives a customer away still has them, or nothing moves."""
    customers = Customer.objects.unmerged().filter(pk__in=rows.values("customer"), erased_on=None)
    locked = customers.select_for_update(of=("self",), no_key=True).order_by("pk")
    has = {each.pk: each.manager_id for each in locked}
    found = _open(rows, versions)
    for each in found:
        if has.get(each.customer_id) != each.giver_id:
            text = _("%(customer)s has another manager meanwhile: there is nothing to move.")
            raise RuleBroken(text % {"customer": each.customer}, code="overtaken")
    refuse_unable({each.customer_id: each.taker for each in found}, timezone.localdate(at))
    for why in MoveSuggestion.Why:
        _move([each for each in found if each.why == why], why, by, at)
    _tell(found, at)
    _decide(found, State.APPROVED, by=by, at=at)
    return len(found)


def _move(moves: list[MoveSuggestion], why: MoveSuggestion.Why, by: User, at: datetime) -> None:
    """The customers are locked, and have who gives them away."""
    if moves:
        with override(None):  # in the words of the code, which each reader has in the own language
            reason = str(why.label)
        takers, givers = {each.customer_id: each.taker for each in moves}, {each.giver for each in moves}
        assign_managers(managers=takers, by=by, at=at, reason=reason, instead_of=givers)


def _tell(moves: list[MoveSuggestion], at: datetime) -> None:
    if len(moves) != 1:
        return tell_takers(Counter(each.taker for each in moves), at)
    move, url = moves[0], reverse("customer", args=[moves[0].customer_id])
    text = _("%(customer)s came to your book from %(giver)s.") % {"customer": move.customer, "giver": move.giver}
    notify(users=[move.taker], text=text, url=url, at=at)


def _open(rows: SuggestionQuerySet, versions: Mapping[int, int | None]) -> list[MoveSuggestion]:
    """Locked, and as they were seen."""
    found = list(rows.locked())
    for each in found:
        if versions[each.pk] not in (None, each.version):
            raise RuleBroken(_("Somebody changed this suggestion in the meantime."), code=STALE)
        if each.state != State.OPEN:
            raise RuleBroken(_("This suggestion is decided already: %(state)s.") % {"state": each.get_state_display()})
    return found


def _decide(found: list[MoveSuggestion], state: State, *, by: User, at: datetime, reason: str = "") -> None:
    """What was read and locked."""
    said: dict[str, Any] = {"state": state, "decided_by": by, "decided_at": at, "reason": reason}
    MoveSuggestion.objects.filter(pk__in=[each.pk for each in found]).update(version=F("version") + 1, **said)
    told = ((each, {"giver": each.giver.username, "taker": each.taker.username, "reason": reason}) for each in found)
    audit.record_many(f"move.{state}", told, by=by)
