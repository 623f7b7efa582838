"""Who looks after a customer. Nothing else writes `Customer.manager`, but for files, new records and erasures.

Slot "customer.managers": callables `(customers, at, by_id, reason)` that are told, in the transaction, whose manager may
be another one since: keys of customers, or None for the whole book.

Slot "customer.taken_on": callables `(manager, customers, on)` that raise RuleBroken where the manager may not get these customers.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.base.sql import run_sql
from crm.identity.models import User
from customers.models import Customer
from customers.services.trail import record_change, record_changes
from customers.services.versions import locked, save_version

SLOT, TAKEN_ON = "customer.managers", "customer.taken_on"
SQL = Path(__file__).parent / "sql"
ASSIGNERS = (User.Role.HEAD,)


@transaction.atomic
def assign_manager(
    *,
    customer: Customer,
    manager: User | None,
    by: User | str,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Customer:
    """Put the customer into the manager's book, or into nobody's. A branch head does it, or the night."""
    refuse_assigning(by)
    customer = locked(customer, version)
    if customer.manager_id == (manager.pk if manager else None):
        return customer
    before, customer.manager = customer.manager, take_on(manager, customer)
    if manager:
        refuse_unable({customer.pk: manager}, timezone.localdate(at))
    save_version(customer)
    record_change(
        "customer.manager_assigned",
        customer,
        by=by,
        before=before.username if before else "",
        after=manager.username if manager else "",
        reason=reason,
    )
    tell_moved([customer.pk], at=at, by_id=by.pk if isinstance(by, User) else None, reason=reason)
    return customer


@transaction.atomic
def assign_managers(
    *, managers: Mapping[int, User], by: User | str, at: datetime, reason: str = "", instead_of: Collection[User] = ()
) -> set[int]:
    """Put customers, by their keys, into books, all at once, as the night does; the keys of those for whom that was done.

    Whose record somebody else is changing is left to them, and who has somebody at work, but for those of `instead_of`, keeps them.
    """
    refuse_assigning(by)
    asked = (
        Customer.objects.unmerged().filter(pk__in=managers, erased_on=None).only("number", "name", "manager", "version")
    )
    rows = asked.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")
    people = User.objects.in_bulk({each.manager_id for each in rows if each.manager_id})
    held = {each.pk: people.get(each.manager_id) for each in rows}
    found = [each for each in rows if held[each.pk] in instead_of or not _is_at_work(held[each.pk])]
    for each in found:
        each.manager = take_on(managers[each.pk], each)
        each.version += 1
    keys = [each.pk for each in found]
    run_sql(SQL / "assigned.sql", customers=keys, managers=[managers[key].pk for key in keys], at=at)
    before = {key: manager.username if manager else "" for key, manager in held.items()}
    told = {key: {"before": before[key], "after": managers[key].username} for key in keys}
    record_changes("customer.manager_assigned", found, by=by, told=told, reason=reason)
    if keys:
        tell_moved(keys, at=at, by_id=by.pk if isinstance(by, User) else None, reason=reason)
    return set(keys)


def _is_at_work(manager: User | None) -> bool:
    return manager is not None and manager.is_active and manager.role == User.Role.MANAGER


def refuse_assigning(by: User | str) -> None:
    if isinstance(by, User) and by.role not in ASSIGNERS:
        raise RuleBroken(_("Only a branch head assigns managers."), field="manager")


def refuse_unable(managers: Mapping[int, User], on: date) -> None:
    """Raises RuleBroken where one of the managers may not get one of the customers, by their keys."""
    given: dict[User, list[int]] = {}
    for key, manager in managers.items():
        given.setdefault(manager, []).append(key)
    for manager, customers in given.items():
        for refuse in contributions(TAKEN_ON):
            refuse(manager=manager, customers=customers, on=on)


def take_on(manager: User | None, customer: Customer) -> User | None:
    """The manager, if they can have customers."""
    if manager and (manager.role != User.Role.MANAGER or not manager.is_active):
        raise RuleBroken(_("%(user)s is no relationship manager.") % {"user": manager}, field="manager")
    return manager


def tell_moved(customers: Sequence[int] | None, *, at: datetime, by_id: int | None = None, reason: str = "") -> None:
    for follow in contributions(SLOT):
        follow(customers=customers, at=at, by_id=by_id, reason=reason)
