"""Contact persons: their phone and e-mail masked, and one at a time revealed, with a reason that is kept."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.contacts import LABELS
from customers.masking import masked
from customers.models import ContactPerson
from customers.services.contacts import SHORTEST_REASON, may_reveal, needs_reason

KINDS = ("phone", "email")


@dataclass(frozen=True)
class PersonLine:
    kind: str
    label: str | Promise
    masked: str
    may_reveal: bool
    needs_reason: bool
    value: str = ""


def lines_of(person: ContactPerson, user: User) -> list[PersonLine]:
    return [line_of(person, kind, user) for kind in KINDS if getattr(person, kind)]


def line_of(person: ContactPerson, kind: str, user: User, *, value: str = "") -> PersonLine:
    """`person` with its customer."""
    return PersonLine(
        kind=kind,
        label=LABELS[kind],
        masked=masked(kind, getattr(person, kind)),
        may_reveal=may_reveal(person.customer, user),
        needs_reason=needs_reason(customer=person.customer, field=kind, by=user),
        value=value,
    )


@transaction.atomic
def reveal_person(*, person: ContactPerson, field: str, by: User, reason: str = "") -> str:
    """The plain value, recorded as read with the reason; as for customers, the own book needs none."""
    if field not in KINDS:
        raise RuleBroken(_("There is no such contact data."))
    if not may_reveal(person.customer, by):
        raise RuleBroken(_("Verify the caller first: contact data are shown during a verified call only."))
    reason = " ".join(reason.split())
    if needs_reason(customer=person.customer, field=field, by=by) and len(reason) < SHORTEST_REASON:
        raise RuleBroken(_("Say why you need it, in a few words."), field="reason", code="reason")
    audit.record(
        "contact.revealed",
        person,
        by=by,
        kind=Event.Kind.READ,
        field=field,
        reason=reason or _("Customer of the own book"),
    )
    return str(getattr(person, field))
