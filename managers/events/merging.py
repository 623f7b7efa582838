"""Invitations when two records become one customer: of two to the same event one is kept, with the answer of the other."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from customers.duplicates.moves import Moves
from customers.models import Merge
from managers.events.waiting import promote
from managers.models import Event, Invitation

State = Invitation.State


def _of_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    """Those of the record that goes, to events to which the one that stays is invited too."""
    there = Invitation.objects.filter(customer=survivor_id, event=OuterRef("event"))
    return Invitation.objects.filter(Exists(there), customer=absorbed_id)


class InvitationMoves(Moves):
    """One person takes one place: what stays behind is cancelled, and where the other had no answer yet, it gets this one."""

    def move(self, merge: Merge) -> list[int]:
        twice = _of_both(merge.survivor_id, merge.absorbed_id).open()
        events = list(Event.objects.locked(twice.values("event")))
        others = Invitation.objects.filter(customer=merge.survivor_id, event__in=events)
        standing = {each.event_id: each for each in others.select_for_update(of=("self",), no_key=True).order_by("pk")}
        for each in twice.select_for_update(of=("self",), no_key=True).order_by("pk"):
            said: dict[str, Any] = {
                name: getattr(each, name) for name in ("state", "companions", "line", "answered_at")
            }
            _put(each, merge, state=State.CANCELLED, line=None)
            if standing[each.event_id].state == State.INVITED:
                _put(standing[each.event_id], merge, **said)
        for event in events:
            promote(event=event, at=merge.at)
        return super().move(merge)

    def undo(self, merge: Merge, kept: list[int]) -> list[str]:
        """An answer that was given to the other invitation is not taken back."""
        left = super().undo(merge, kept)
        given = Invitation.objects.filter(customer=merge.absorbed_id, state=State.CANCELLED, changed_at=merge.at)
        return left or ([str(self.label)] if given.exists() else [])


def _put(invitation: Invitation, merge: Merge, **said: Any) -> None:
    said |= {"changed_at": merge.at, "changed_by": merge.by, "version": invitation.version + 1}
    Invitation.objects.filter(pk=invitation.pk).update(**said)


MOVES = InvitationMoves("invitations", _("Invitations"), Invitation, _of_both)
