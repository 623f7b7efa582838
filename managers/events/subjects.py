"""What of events a customer is told, and what becomes of their invitations when they are erased."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Rows, Subject
from customers.privacy.telling import Told
from managers.events.waiting import promote
from managers.models import Event, Invitation


class Places(Rows):
    """Who is erased does not come: their places go to who waits. What is left of an invitation is a number."""

    def rows(self, ids):
        return super().rows(ids).open()

    def take(self, subject: Subject) -> None:
        rows, now = self.rows(subject.ids), timezone.now()
        events = list(Event.objects.locked(list(rows.values_list("event", flat=True))))
        rows.update(
            state=Invitation.State.CANCELLED, line=None, changed_at=now, changed_by=None, version=F("version") + 1
        )
        for event in events:
            promote(event=event, at=now)


TOLD = Told(
    "invitations",
    _("Invitations to events"),
    Invitation,
    ("event__name", "event__starts_at", "channel", "invited_at", "state", "companions", "answered_at", "checked_in_at"),
    names={"event__name": _("event")},
)
TAKEN = Places(_("Open invitations"), Category.CONDUCT, Invitation)


def register() -> None:
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
