"""Optimistic locking: who saves says which version they read."""

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.models import Customer

STALE = "stale"


def locked(customer: Customer, version: int | None) -> Customer:
    """The row as it is now, locked. Refuses (code STALE) where it is no longer the version that was read, and
    (MERGED) where it became a part of another record."""
    customer = Customer.objects.for_change(customer)
    if version is not None and customer.version != version:
        text = _("Somebody changed this customer in the meantime. Look at what is there now, then save again.")
        raise RuleBroken(text, code=STALE)
    return customer


def save_version(customer: Customer) -> None:
    customer.version += 1
    customer.save()
