"""What the trail keeps of a change of a customer: enough to say who made which version, from where and through which door."""

from typing import Any

from crm.audit import services as audit
from crm.base.context_vars import door
from crm.identity.models import User
from customers.models import Customer


def record_change(action: str, customer: Customer, *, by: User | str, **data: Any) -> None:
    """Call it after the version rose: `version` is the one that this change made, `branch` the one in which `by` works."""
    audit.record(
        action,
        customer,
        by=by,
        customer_id=customer.pk,
        version=customer.version,
        branch=getattr(by, "branch_id", None),
        door=door.get(),
        **data,
    )
