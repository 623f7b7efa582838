"""What the trail keeps of a change of a customer: enough to say who made which version, from where and through which door."""

from collections.abc import Iterable, Mapping
from typing import Any

from crm.audit import services as audit
from crm.base.context_vars import door
from crm.identity.models import User
from customers.models import Customer


def record_change(action: str, customer: Customer, *, by: User | str, **data: Any) -> None:
    """Call it after the version rose: `version` is the one that this change made, `branch` the one in which `by` works."""
    audit.record(action, customer, by=by, customer_id=customer.pk, **_kept(customer, by), **data)


def record_changes(
    action: str, customers: Iterable[Customer], *, by: User | str, told: Mapping[int, Mapping[str, Any]], **data: Any
) -> None:
    """The same change of many; `told` is what is kept of each beside `data`, by key."""
    audit.record_many(action, ((each, {**_kept(each, by), **told[each.pk], **data}) for each in customers), by=by)


def _kept(customer: Customer, by: User | str) -> dict[str, Any]:
    return {"version": customer.version, "branch": getattr(by, "branch_id", None), "door": door.get()}
