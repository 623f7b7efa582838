"""While a proposal is open, who may decide it reaches the customers that it touches."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.identity.models import Reach, User
from crm.identity.services import end_reach, grant_reach

MOST_CUSTOMERS = 100


def open_reach(
    *, proposal: Proposal, users: Iterable[User], by: User | str, at: datetime, until: datetime | None = None
) -> None:
    """Each gets reach of each customer, from `at` until the proposal's expiry, or `until` where that is earlier."""
    customers = list(proposal.what.customers(proposal.content))
    if len(customers) > MOST_CUSTOMERS:
        raise RuleBroken(_("A proposal names at most %(count)s customers.") % {"count": MOST_CUSTOMERS})
    ends = min(until or proposal.expires_at, proposal.expires_at)
    proposal.reaches.add(
        *(
            grant_reach(
                user=user,
                customer_id=customer,
                cause=Reach.Cause.APPROVAL,
                since=at,
                until=ends,
                by=by,
                reason=str(proposal),
            )
            for user in users
            for customer in customers
        )
    )


def close_reach(*, proposal: Proposal, by: User | str, at: datetime) -> None:
    for reach in proposal.reaches.select_related("user"):
        end_reach(reach=reach, by=by, at=at)
