"""A shift goes to a colleague: asked by whose it is, consented to by who takes it, approved by a head who is neither."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from service.models import Shift, Swap
from service.roster.planning import OVERLAP, not_rested, refuse_worker, tell

State = Swap.State


@transaction.atomic
def ask_swap(*, shift: Shift, to: User, by: User, at: datetime, back: Shift | None = None) -> Swap:
    """Of one's own shift that is published and has not begun, for one of the colleague's or for none. Raises RuleBroken."""
    shift = _locked([shift.pk])[0]
    if shift.user_id != by.pk or not shift.roster.is_published or shift.starts_at <= at:
        raise RuleBroken(_("One swaps a published shift of one's own that has not begun."), field="to", code="own")
    if to.pk == by.pk or (
        back and (back.user_id != to.pk or back.starts_at <= at or back.roster.team_id != shift.roster.team_id)
    ):
        raise RuleBroken(
            _("It goes to a colleague, for a shift of theirs in the same team that has not begun."),
            field="back",
            code="back",
        )
    if Swap.objects.filter(shift=shift, state__in=Swap.OPEN).exists():
        raise RuleBroken(_("This shift is asked about already."), code="asked")
    refuse_worker(shift, to)
    made = Swap.objects.create(shift=shift, to=to, back=back, asked_by=by, asked_at=at)
    tell([to], _("%(user)s asks you to take a shift: %(shift)s") % {"user": by, "shift": shift}, shift.roster, at)
    _record("swap.asked", made, by=by)
    return made


@transaction.atomic
def consent(*, swap: Swap, by: User, at: datetime) -> Swap:
    swap = _for_change(swap)
    if swap.to_id != by.pk or swap.state != State.ASKED:
        raise RuleBroken(_("Only who is asked consents, once."), code="state")
    swap.state, swap.consented_at = State.CONSENTED, at
    swap.save(update_fields=["state", "consented_at"])
    publisher = swap.shift.roster.published_by
    if publisher:
        text = _("A swap waits for you: %(swap)s") % {"swap": swap}
        tell([publisher], text, swap.shift.roster, at)
    _record("swap.consented", swap, by=by)
    return swap


@transaction.atomic
def approve_swap(*, swap: Swap, by: User, at: datetime) -> Swap:
    """By a head who neither asked nor takes it; both are exchanged at once, or nothing is. Raises RuleBroken."""
    shifts = _locked([key for key in (swap.shift_id, swap.back_id) if key])
    swap = _for_change(swap)
    if by.role != User.Role.HEAD or by.pk in (swap.asked_by_id, swap.to_id):
        raise RuleBroken(_("A head approves a swap, and never their own."), code="role")
    if swap.state != State.CONSENTED or any(shift.starts_at <= at for shift in shifts):
        raise RuleBroken(_("It is approved once both agree, before the shift begins."), code="state")
    to = {swap.shift_id: swap.to} | ({swap.back_id: swap.asked_by} if swap.back_id else {})
    owners = {swap.shift_id: swap.asked_by_id, swap.back_id: swap.to_id}
    if any(shift.user_id != owners[shift.pk] for shift in shifts):
        raise RuleBroken(_("These shifts changed since."), code="state")
    for shift in shifts:
        refuse_worker(shift, to[shift.pk])
    _exchange(shifts, to)
    swap.state, swap.decided_at, swap.decided_by = State.APPROVED, at, by
    swap.save(update_fields=["state", "decided_at", "decided_by"])
    tell([swap.asked_by, swap.to], _("Approved: %(swap)s") % {"swap": swap}, swap.shift.roster, at)
    _record("swap.approved", swap, by=by)
    return swap


@transaction.atomic
def refuse_swap(*, swap: Swap, by: User, at: datetime) -> Swap:
    """By who is asked, by who asked, or by a head."""
    swap = _for_change(swap)
    if swap.state not in Swap.OPEN or (by.role != User.Role.HEAD and by.pk not in (swap.to_id, swap.asked_by_id)):
        raise RuleBroken(_("It is decided already, or not yours to refuse."), code="state")
    swap.state, swap.decided_at, swap.decided_by = State.REFUSED, at, by
    swap.save(update_fields=["state", "decided_at", "decided_by"])
    tell([swap.asked_by], _("Refused: %(swap)s") % {"swap": swap}, swap.shift.roster, at)
    _record("swap.refused", swap, by=by)
    return swap


def _exchange(shifts: list[Shift], to: dict[int, User]) -> None:
    """In one statement: the database looks at both together."""
    whens = [When(pk=key, then=Value(user.pk)) for key, user in to.items()]
    try:
        with transaction.atomic():
            Shift.objects.filter(pk__in=list(to)).update(user=Case(*whens), version=F("version") + 1)
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") != OVERLAP:  # type: ignore[union-attr]
            raise
        raise RuleBroken(not_rested(to[shifts[0].pk]), code="rest") from error


def _locked(keys: list[int]) -> list[Shift]:
    rows = Shift.objects.filter(pk__in=keys).select_related("roster__team", "user").order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def _for_change(swap: Swap) -> Swap:
    rows = Swap.objects.select_related("shift__roster__published_by", "shift__roster__team", "to", "asked_by", "back")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=swap.pk)


def _record(action: str, swap: Swap, *, by: Any) -> None:
    audit.record(action, swap, by=by, to=swap.to.username, asked_by=swap.asked_by.username)
