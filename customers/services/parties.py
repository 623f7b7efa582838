"""The master record: registered, changed, and its status with a date."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, User
from customers.documents.agreeing import refuse_contradicted_record
from customers.models import Customer
from customers.names import keys_of
from customers.services.checks import note_confirmed
from customers.services.contacts import write_contact
from customers.services.known import refuse_known
from customers.services.managers import take_on, tell_moved
from customers.services.trail import record_change
from customers.services.versions import locked, save_version

RECORD = "kind name sex birth_date region occupation education annual_income language preferred_channel preferred_time branch"
FIELDS = frozenset(RECORD.split())
MOVERS = (User.Role.HEAD,)


@transaction.atomic
def register_customer(
    *,
    by: User | str,
    at: datetime,
    name: str,
    number: str = "",
    status: str = Customer.Status.PROSPECT,
    manager: User | None = None,
    contact: Mapping[str, str] | None = None,
    is_phone_shared: bool = False,
    **fields: Any,
) -> Customer:
    """A new customer, in the reach of whoever registers it. Without a number it gets one of ours, P and eight digits.

    Refuses an id document that is known already; a known phone number too, unless `is_phone_shared` says it is meant.
    Whom that tells of beyond the reach of `by` counts and is recorded as a look.
    """
    _only_known(fields)
    unshared = ("national_id",) if is_phone_shared else ("national_id", "phone")
    refuse_known({kind: (contact or {}).get(kind, "") for kind in unshared}, by=by, at=at)
    customer = Customer(name=name, status=status, status_since=timezone.localdate(at), **fields)
    customer.pk = _next_pk()
    customer.number = number or f"P{customer.pk:08}"
    _refuse_taken(customer.number)
    customer.sort_key, customer.pinyin, customer.initials = keys_of(name)
    customer.manager = take_on(manager, customer)
    customer.save(force_insert=True)
    write_contact(customer, contact or {})
    tell_moved([customer.pk], at=at, by_id=by.pk if isinstance(by, User) else None)
    if isinstance(by, User) and not Customer.objects.visible_to(by).filter(pk=customer.pk).exists():
        raise RuleBroken(_("Register customers in your own branch or book only."), field="branch")
    audit.record("customer.registered", customer, by=by, customer_id=customer.pk, status=status)
    return customer


@transaction.atomic
def change_customer(*, customer: Customer, by: User | str, version: int | None = None, **changes: Any) -> Customer:
    """Change fields of the record. `version` is the one that was read: refused where somebody was faster."""
    _only_known(changes)
    customer = locked(customer, version)
    differing = {field: value for field, value in changes.items() if getattr(customer, field) != value}
    if "branch" in differing:
        _refuse_move(by, differing["branch"])
    refuse_contradicted_record(customer, differing)
    for field, value in differing.items():
        setattr(customer, field, value)
    if "name" in differing:
        customer.sort_key, customer.pinyin, customer.initials = keys_of(customer.name)
    if differing:
        save_version(customer)
        record_change("customer.changed", customer, by=by, fields=sorted(differing))
        note_confirmed(customer, differing, on=timezone.localdate(customer.updated_at), by=by)
    return customer


@transaction.atomic
def change_status(
    *, customer: Customer, status: str, on: date, by: User | str, as_of: date, version: int | None = None
) -> Customer:
    """From `on` the customer has the status; not before the status it has now began, and not after `as_of`, today."""
    customer = locked(customer, version)
    if status not in Customer.Status.values:
        raise RuleBroken(_("There is no status %(status)s.") % {"status": status}, field="status")
    if on > as_of:
        raise RuleBroken(_("A status can't begin in the future."), field="on")
    if customer.status_since and on < customer.status_since:
        raise RuleBroken(_("The present status began later, on %(day)s.") % {"day": customer.status_since}, field="on")
    if status == customer.status:
        return customer
    before, customer.status, customer.status_since = customer.status, status, on
    save_version(customer)
    record_change("customer.status_changed", customer, by=by, before=before, after=status, on=on.isoformat())
    return customer


def _only_known(fields: Mapping[str, Any]) -> None:
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"a customer has no {', '.join(sorted(unknown))} to change here")


def _refuse_move(by: User | str, branch: Branch | None) -> None:
    if branch is None or (isinstance(by, User) and by.role not in MOVERS):
        raise RuleBroken(_("Only a branch head moves a customer to another branch."), field="branch")


def _refuse_taken(number: str) -> None:
    if Customer.objects.filter(number=number).exists():
        raise RuleBroken(_("The number %(number)s is taken.") % {"number": number}, field="number", code="duplicate")


def _next_pk() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('customers_customer', 'id'))")
        return int(cursor.fetchone()[0])
