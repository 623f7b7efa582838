"""Verbs on single fields of a record: confirmed, to be asked, answered."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.completeness.fields import Wanted, wanted_of
from customers.models import Customer, FieldCheck
from customers.services.checks import note_confirmed
from customers.services.contacts import change_contact
from customers.services.parties import change_customer
from customers.services.versions import locked


@transaction.atomic
def confirm_field(*, customer: Customer, field: str, on: date, by: User) -> None:
    """The customer said on this day that it is still so. Refuses a field of which nothing is known."""
    customer, wanted = _locked(customer, field)
    if not wanted.is_known(customer):
        raise RuleBroken(_("Nothing is known here yet: ask for it."), field="field")
    note_confirmed(customer, [field], on=on, by=by)
    audit.record("field.confirmed", customer, by=by, customer_id=customer.pk, field=field, on=str(on))


@transaction.atomic
def ask_for(*, customer: Customer, field: str, at: datetime, by: User) -> None:
    """To be asked at the next contact, whoever has it. Asking twice is asking once."""
    customer, _wanted = _locked(customer, field)
    check, is_new = FieldCheck.objects.get_or_create(
        customer=customer, field=field, defaults={"asked_at": at, "by": by}
    )
    if not is_new and check.asked_at:
        return
    check.asked_at, check.by = at, by
    check.save(update_fields=["asked_at", "by"])
    audit.record("field.to_be_asked", customer, by=by, customer_id=customer.pk, field=field)


@transaction.atomic
def leave_out(*, customer: Customer, field: str, by: User) -> None:
    """Not to be asked after all."""
    customer, _wanted = _locked(customer, field)
    rows = FieldCheck.objects.filter(customer=customer, field=field, asked_at__isnull=False)
    left = rows.filter(confirmed_on=None).delete()[0] + rows.update(asked_at=None)
    if left:
        audit.record("field.not_to_be_asked", customer, by=by, customer_id=customer.pk, field=field)


@transaction.atomic
def answer_field(
    *, customer: Customer, field: str, value: Any, on: date, by: User, version: int | None = None
) -> Customer:
    """What the customer said goes into the record; the question is answered, whether or not it changed anything.

    `version` is the one that was read: refused where somebody was faster.
    """
    customer, wanted = _locked(customer, field, version)
    if value in (None, ""):
        raise RuleBroken(_("Say what the customer answered."), field="value")
    change = change_contact if wanted.is_contact else change_customer
    customer = change(customer=customer, by=by, **{field: value})  # type: ignore[operator]
    note_confirmed(customer, [field], on=on, by=by)
    audit.record("field.confirmed", customer, by=by, customer_id=customer.pk, field=field, on=str(on))
    return customer


def _locked(customer: Customer, field: str, version: int | None = None) -> tuple[Customer, Wanted]:
    wanted = wanted_of(customer).get(field)
    if wanted is None:
        raise RuleBroken(_("There is no field %(field)s to be asked for.") % {"field": field}, field="field")
    return locked(customer, version), wanted
