"""Who has a document or phone number already, and how much of those out of reach a person is told in an hour."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.base.sql import run_text
from crm.identity.models import User
from customers.contacts import hash_of
from customers.models import Contact, Customer
from customers.services.lookups import ACTION, USED_UP, WINDOW

TOLD = "customer.told_of"
MOST = 1_000
KNOWN = {
    "national_id": gettext_lazy("A customer with this id document is known already. Find them by the document."),
    "phone": gettext_lazy("A customer with this phone number is known already. Say so below if they share it."),
}
LOCKED = "SELECT pg_advisory_xact_lock(key) FROM unnest(%(keys)s::bigint[]) AS key"


def refuse_known(contact: Mapping[str, str], *, by: User | str, at: datetime) -> None:
    """Nobody else is registered with these until the transaction ends.

    Used up, what is out of reach is refused whether it is known or not, so that nothing is told by that.
    """
    hashed = {kind: found for kind, text in contact.items() if (found := hash_of(kind, text))}
    run_text(LOCKED, keys=sorted(int.from_bytes(found[:8], signed=True) for found in hashed.values()))
    for kind, found in hashed.items():
        refusal: Any = partial(RuleBroken, KNOWN[kind], field=kind, code="duplicate")
        rows = Contact.objects.filter(**{f"{kind}_hash": found}).values_list("pk", flat=True)
        known = set(rows[:MOST])
        if not isinstance(by, User):
            if known:
                raise refusal()
            continue
        if Customer.objects.visible_to(by).filter(pk__in=known).exists():
            raise refusal()
        if _left(by, at) <= 0 and not _told(known, by, at):
            raise RuleBroken(USED_UP, field=kind, code="too_many")
        if known:
            raise refusal(afterwards=partial(told_of, known, by=by, at=at))


@transaction.atomic
def told_of(hidden: set[int], *, by: User, at: datetime) -> int:
    """How many of the records out of reach may be told of: each is recorded as a look, once an hour, and counts among the
    look-ups that an hour allows. Used up, nothing is told."""
    if not hidden:
        return 0
    known = _told(hidden, by, at)
    rest = sorted(hidden - known)[: max(_left(by, at), 0)]
    for pk in rest:
        audit.record(TOLD, "customers.customer", by=by, kind=Event.Kind.READ, customer_id=pk)
    return len(known) + len(rest)


def _left(by: User, at: datetime) -> int:
    used = Event.objects.filter(action__in=(ACTION, TOLD), actor_id=by.pk, at__gt=at - WINDOW).count()
    return settings.CRM_LOOKUPS_PER_HOUR - used


def _told(hidden: set[int], by: User, at: datetime) -> set[int]:
    rows = Event.objects.filter(action=TOLD, actor_id=by.pk, at__gt=at - WINDOW, customer_id__in=hidden)
    return hidden.intersection(rows.values_list("customer_id", flat=True))
