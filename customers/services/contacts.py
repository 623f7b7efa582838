"""Contact data: written encrypted with their hashes, shown masked, revealed with a reason that is kept."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.scope import scope_of
from customers.contacts import KINDS, hashes, kept
from customers.documents.agreeing import refuse_contradicted_contact
from customers.models import Contact, Customer
from customers.services.checks import note_confirmed
from customers.services.trail import record_change
from customers.services.versions import locked

TYPED_ALWAYS = ("national_id",)
SHORTEST_REASON = 5


@transaction.atomic
def change_contact(*, customer: Customer, by: User | str, version: int | None = None, **values: str) -> Customer:
    """Change contact data by kind; an empty value clears. The trail names the kinds, never a value."""
    customer = locked(customer, version)
    refuse_contradicted_contact(customer, values)
    if changed := write_contact(customer, values):
        customer.version += 1
        customer.save(update_fields=["version", "updated_at"])
        record_change("contact.changed", customer, by=by, fields=changed)
        note_confirmed(customer, changed, on=timezone.localdate(customer.updated_at), by=by)
    return customer


def write_contact(customer: Customer, values: Mapping[str, str]) -> list[str]:
    """The kinds that differ from what was there, written with their hashes."""
    if unknown := set(values) - set(KINDS):
        raise TypeError(f"contact data have no {', '.join(sorted(unknown))}")
    contact = Contact.objects.filter(customer=customer).first() or Contact(customer=customer)
    wanted = {kind: kept(kind, value) for kind, value in values.items()}
    differing = {kind: value for kind, value in wanted.items() if getattr(contact, kind) != value}
    for name, value in (differing | hashes(differing)).items():
        setattr(contact, name, value)
    if differing or contact._state.adding:
        contact.save()
    return sorted(differing)


def needs_reason(*, customer: Customer, field: str, by: User) -> bool:
    """Whether a person must say why: for an id document, and for customers outside the books they keep or cover.

    A verified call says why by itself.
    """
    return field in TYPED_ALWAYS or not (customer.manager_id in scope_of(by).owners or is_calling(customer, by))


def may_reveal(customer: Customer, by: User) -> bool:
    return scope_of(by).opens(customer)


def is_calling(customer: Customer, by: User) -> bool:
    """Whether `by`, who sees customers in outline, has verified this one and is still talking with them."""
    scope = scope_of(by)
    return scope.masked and scope.opens(customer)


@transaction.atomic
def reveal_contact(*, customer: Customer, field: str, by: User, reason: str = "") -> str:
    """The plain value, recorded as read with the reason. `reason` is the task's for the own book, else typed."""
    if field not in KINDS:
        raise RuleBroken(_("There is no such contact data."))
    contact = Contact.objects.visible_to(by).filter(customer=customer).first()
    if contact is None:
        raise RuleBroken(_("There is no such contact data."))
    if not may_reveal(customer, by):
        raise RuleBroken(_("Verify the caller first: contact data are shown during a verified call only."))
    reason = " ".join(reason.split())
    if needs_reason(customer=customer, field=field, by=by) and len(reason) < SHORTEST_REASON:
        raise RuleBroken(_("Say why you need it, in a few words."), field="reason", code="reason")
    audit.record(
        "contact.revealed",
        customer,
        by=by,
        kind=Event.Kind.READ,
        customer_id=customer.pk,
        field=field,
        reason=reason or (_("Verified call") if is_calling(customer, by) else _("Customer of the own book")),
    )
    return str(getattr(contact, field))
