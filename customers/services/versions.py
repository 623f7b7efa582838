"""Optimistic locking: who saves says which version they read."""

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.models import Customer

STALE = "stale"
MERGED = "merged"


def locked(customer: Customer, version: int | None) -> Customer:
    """The row as it is now, locked. Refuses (code STALE) where it is no longer the version that was read, and
    (MERGED) where it became a part of another record."""
    customer = Customer.objects.for_change(customer)
    refuse_merged(customer)
    if version is not None and customer.version != version:
        text = _("Somebody changed this customer in the meantime. Look at what is there now, then save again.")
        raise RuleBroken(text, code=STALE)
    return customer


def refuse_merged(customer: Customer) -> None:
    """What was merged is history: what concerns the customer is said of the record that stands."""
    if customer.merged_into_id is not None:
        raise RuleBroken(_("This record was merged into another one. Open that one, and say it there."), code=MERGED)


def save_version(customer: Customer) -> None:
    customer.version += 1
    customer.save()
