"""The waiting list of an event: free places go to the first whom they fit, and their managers are told."""

from collections import defaultdict
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.identity.models import User
from crm.identity.services.alerts import notify
from managers.models import Event, Invitation


def promote(*, event: Event, at: datetime) -> list[Invitation]:
    """Those who have a place now. The event is locked by who calls."""
    if not event.is_ahead:
        return []
    free, found = _free(event), []
    for each in event.invitations.waiting().select_related("customer__manager"):
        if each.party <= free:
            found.append(each)
            free -= each.party
    event.invitations.filter(pk__in=[each.pk for each in found]).update(
        state=Invitation.State.ACCEPTED, line=None, changed_at=at, changed_by=None, version=F("version") + 1
    )
    _tell(event, found, at)
    return found


def _free(event: Event) -> int:
    places, taken = Event.objects.values_list("places", "taken").get(pk=event.pk)
    return int(places - taken)


def _tell(event: Event, promoted: list[Invitation], at: datetime) -> None:
    told: dict[User, list[str]] = defaultdict(list)
    for each in promoted:
        if each.customer.manager and each.customer.manager.is_active:
            told[each.customer.manager].append(str(each.customer))
    for manager, guests in told.items():
        text = _("Off the waiting list of %(event)s: %(guests)s") % {"event": event, "guests": ", ".join(guests)}
        notify(users=[manager], text=text, url=reverse("event", args=[event.pk]), at=at)
