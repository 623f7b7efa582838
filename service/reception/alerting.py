"""A VIP took a number: their manager, who covers for them, and the lobby of the branch know at once."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.identity.models import User
from crm.identity.services.alerts import notify
from crm.identity.services.heads import heads_of
from managers.models import Absence
from service.models import QueueNumber


def tell_of_vip(*, number: QueueNumber, by: User, at: datetime) -> None:
    """Slot "queue.taken": in the transaction of the number, so that who is told of it finds it. The lobby is told no name."""
    if not number.is_vip or number.customer is None:
        return
    tier = number.tier.name if number.tier else _("VIP")
    words = {"tier": tier, "number": number, "branch": number.queue, "customer": number.customer}
    own = managers_of(number, at)
    text = _("%(customer)s (%(tier)s) is at %(branch)s and waits with number %(number)s.")
    notify(users=own, text=text % words, url=reverse("customer", args=[number.customer_id]), at=at)
    lobby = {user for user in lobby_of(number) if user not in own and user != by}
    text = _("A %(tier)s customer waits with number %(number)s.")
    notify(users=lobby, text=text % words, url=reverse("reception"), at=at)


def managers_of(number: QueueNumber, at: datetime) -> set[User]:
    """The manager, and who covers for them today."""
    manager = number.customer.manager if number.customer else None
    if manager is None:
        return set()
    absences = Absence.objects.holding(timezone.localdate(at)).filter(manager=manager, cover__isnull=False)
    covers = {each.cover for each in absences.select_related("cover") if each.cover}
    return {user for user in {manager, *covers} if user.is_active}


def lobby_of(number: QueueNumber) -> list[User]:
    if number.queue.lobby:
        return list(number.queue.lobby.members.filter(is_active=True))
    branch = number.queue.branch_id
    return heads_of([branch]).get(branch, [])
