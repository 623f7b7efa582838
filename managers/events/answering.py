"""Verbs on what guests say, and on who comes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.querysets.parties import refuse_merged
from managers.events.waiting import promote
from managers.models import Event, Invitation
from managers.models.invitations import MOST_COMPANIONS

State = Invitation.State
ANSWERS = (State.ACCEPTED, State.DECLINED)
COMES = (State.ACCEPTED, State.WAITING)
CAME = (State.ATTENDED, State.ABSENT)


@transaction.atomic
def answer_invitation(
    *, invitation: Invitation, state: str, by: User, at: datetime, companions: int = 0, version: int | None = None
) -> Invitation:
    """Accepted or declined. Who accepts and finds no place waits for one; who had accepted and declines has cancelled."""
    event, invitation = _locked(invitation, version)
    if state not in ANSWERS:
        raise RuleBroken(_("A guest accepts or declines."), field="state", code="state")
    if invitation.state in CAME:
        raise RuleBroken(_("This guest is: %(state)s.") % {"state": invitation.get_state_display()}, code="state")
    if state == State.ACCEPTED:
        _refuse_acceptance(event, invitation, companions)
        _accept(event, invitation, companions)
    elif event.state not in (Event.State.OPEN, Event.State.CLOSED):
        raise RuleBroken(_not_open(event), code="closed")
    else:
        had_accepted = invitation.state in COMES
        invitation.state = State.CANCELLED if had_accepted or invitation.state == State.CANCELLED else State.DECLINED
        invitation.companions, invitation.line = 0, None
    invitation.answered_at = at
    _save(invitation, by, at)
    audit.record(
        "invitation.answered", invitation, by=by, customer_id=invitation.customer_id, event=event.pk,
        state=str(invitation.state), companions=invitation.companions,
    )  # fmt: skip
    promote(event=event, at=at)
    invitation.refresh_from_db(fields=["state", "line", "places_taken", "version", "changed_at", "changed_by"])
    return invitation


@transaction.atomic
def check_in(*, invitation: Invitation, by: User, at: datetime, version: int | None = None) -> Invitation:
    """At the door, on a day of the event."""
    event, invitation = _locked(invitation, version)
    if event.state not in (Event.State.OPEN, Event.State.CLOSED):
        raise RuleBroken(_("This event is: %(state)s.") % {"state": event.get_state_display()}, code="state")
    if not event.is_on(timezone.localdate(at)):
        raise RuleBroken(_("Guests are checked in on the day of the event."), code="day")
    if invitation.state == State.ATTENDED:
        raise RuleBroken(_("This guest is checked in already."), code="state")
    if invitation.state != State.ACCEPTED:
        raise RuleBroken(_("Only who has accepted and has a place is checked in."), code="state")
    invitation.state, invitation.checked_in_at = State.ATTENDED, at
    _save(invitation, by, at)
    audit.record("invitation.checked_in", invitation, by=by, customer_id=invitation.customer_id, event=event.pk)
    return invitation


def _locked(invitation: Invitation, version: int | None) -> tuple[Event, Invitation]:
    """The event first."""
    event = Event.objects.for_change(invitation.event_id)
    invitation = Invitation.objects.for_change(invitation)
    if version is not None and invitation.version != version:
        text = _("Somebody recorded another answer in the meantime. Look at it, then say yours again.")
        raise RuleBroken(text, code="stale")
    return event, invitation


def _not_open(event: Event) -> str:
    return _("No answers are taken: this event is %(state)s.") % {"state": event.get_state_display()}


def _refuse_acceptance(event: Event, invitation: Invitation, companions: int) -> None:
    if event.state != Event.State.OPEN:
        raise RuleBroken(_not_open(event), code="closed")
    customer = invitation.customer
    refuse_merged(customer)
    if customer.status in customer.GONE:
        raise RuleBroken(_("This customer is: %(status)s.") % {"status": customer.get_status_display()}, code="status")
    if not 0 <= companions <= MOST_COMPANIONS:
        text = _("From 0 to %(most)s companions.") % {"most": MOST_COMPANIONS}
        raise RuleBroken(text, field="companions", code="companions")
    if 1 + companions > event.places:
        raise RuleBroken(_("There are not as many places."), field="companions", code="places")


def _accept(event: Event, invitation: Invitation, companions: int) -> None:
    free = event.left + invitation.places_taken
    if 1 + companions <= free:
        invitation.state, invitation.line = State.ACCEPTED, None
    elif invitation.state == State.ACCEPTED:
        text = ngettext("Only %(free)s place is left.", "Only %(free)s places are left.", event.left)
        raise RuleBroken(text % {"free": event.left}, field="companions", code="places")
    elif invitation.state != State.WAITING:
        last = event.invitations.aggregate(last=Max("line"))["last"]
        invitation.state, invitation.line = State.WAITING, (last or 0) + 1
    invitation.companions = companions


def _save(invitation: Invitation, by: User | None, at: datetime) -> None:
    invitation.changed_at, invitation.changed_by = at, by
    invitation.version += 1
    invitation.save(
        update_fields=[
            *("state", "companions", "line", "answered_at", "checked_in_at", "changed_at", "changed_by", "version")
        ]
    )
