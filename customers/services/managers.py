"""Who looks after a customer. Nothing else writes `Customer.manager`, but for files, new records and erasures.

Slot "customer.managers": callables `(customers, at, by_id, reason)` that are told, in the transaction, whose manager may
be another one since: keys of customers, or None for the whole book.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from customers.models import Customer
from customers.services.trail import record_change
from customers.services.versions import locked, save_version

SLOT = "customer.managers"
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


def refuse_assigning(by: User | str) -> None:
    if isinstance(by, User) and by.role not in ASSIGNERS:
        raise RuleBroken(_("Only a branch head assigns managers."), field="manager")


def take_on(manager: User | None, customer: Customer) -> User | None:
    """The manager, if they can have customers."""
    if manager and (manager.role != User.Role.MANAGER or not manager.is_active):
        raise RuleBroken(_("%(user)s is no relationship manager.") % {"user": manager}, field="manager")
    return manager


def tell_moved(customers: Sequence[int] | None, *, at: datetime, by_id: int | None = None, reason: str = "") -> None:
    for follow in contributions(SLOT):
        follow(customers=customers, at=at, by_id=by_id, reason=reason)
