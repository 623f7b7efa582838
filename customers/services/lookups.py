"""Branch staff open any customer whom somebody at the counter can name exactly. For a while, counted and recorded."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import Reach, User
from crm.identity.services import grant_reach, notify
from customers.models import Customer

LASTS = timedelta(minutes=30)
WINDOW = timedelta(hours=1)
ACTION = "customer.looked_up"
USED_UP = gettext_lazy("You have looked up as many customers as an hour allows.")
MOST_SHARED = 5  # a phone number that more customers share opens none of them


@transaction.atomic
def look_up(*, text: str, by: User, at: datetime) -> list[Customer]:
    """The customers with exactly this number, phone number or id document: within reach already, or now for 30 minutes.

    Looks beyond the own reach count, found or not, and are at most CRM_LOOKUPS_PER_HOUR. The trail never has the text.
    """
    if by.role != User.Role.TELLER:
        raise RuleBroken(_("Only branch staff look customers up."))
    near = list(Customer.objects.visible_to(by).exactly(text)[:MOST_SHARED])
    if near:
        return near
    found = find_beyond(text=text, by=by, at=at)
    for customer in found:
        grant_reach(user=by, customer_id=customer.pk, cause=Reach.Cause.LOOKUP, until=at + LASTS, since=at, by=by)
    return found


@transaction.atomic
def find_beyond(*, text: str, by: User, at: datetime) -> list[Customer]:
    """The customers with exactly this, whoever reaches them: none is opened by it, but each look counts and is recorded."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    used = Event.objects.filter(action=ACTION, actor_id=by.pk, at__gt=at - WINDOW).count()
    if used >= settings.CRM_LOOKUPS_PER_HOUR:
        raise RuleBroken(USED_UP, code="too_many")
    found = list(Customer.objects.exactly(text).order_by("pk")[: MOST_SHARED + 1])
    if len(found) > MOST_SHARED:
        found = []
    customer_id = found[0].pk if len(found) == 1 else None
    audit.record(ACTION, "customers.customer", by=by, kind=Event.Kind.READ, customer_id=customer_id, found=len(found))
    if used + 1 == settings.CRM_LOOKUPS_PER_HOUR:
        _tell_heads(by)
    return found


def _tell_heads(teller: User) -> None:
    heads = User.objects.filter(role=User.Role.HEAD, branch=teller.branch, is_active=True)
    notify(users=heads, text=_("%(user)s has used up the look-ups of an hour.") % {"user": teller})
