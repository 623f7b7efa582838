"""Which customers a person reaches: by role, by book, and by `Reach`. The one place that knows."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from crm.base.among import Among
from crm.base.sql import rows_of
from crm.identity.models import User

GRANTED = Path(__file__).parent / "sql" / "granted.sql"
EVERYTHING = {User.Role.AUDITOR, User.Role.AGENT}
MASKED = {User.Role.AGENT}


@dataclass(frozen=True)
class Scope:
    """Everything, or the union of books (manager ids), branches (ids) and single customers (ids).

    `masked` is everything in outline: only the single customers, whose calls were verified, are open to who has it. Numbers
    of customers who were erased are in no book and no branch, and no outline either.
    """

    everything: bool = False
    masked: bool = False
    owners: frozenset[int] = field(default_factory=frozenset)
    branches: frozenset[int] = field(default_factory=frozenset)
    customers: frozenset[int] = field(default_factory=frozenset)

    @property
    def opens_everything(self) -> bool:
        return self.everything and not self.masked

    def customers_q(self, prefix: str = "") -> Q:
        """The condition on Customer, or on a model from which `prefix` leads to it. Nothing matches an empty scope."""
        if self.everything:
            return Q(**{f"{prefix}erased_on": None}) if self.masked else Q()
        return self._q(prefix)

    def open_q(self, prefix: str = "") -> Q:
        """As `customers_q`, for what is more than an outline."""
        return Q() if self.opens_everything else self._q(prefix)

    def _q(self, prefix: str) -> Q:
        parts = {"manager_id": self.owners, "branch_id": self.branches, "pk": self.customers}
        condition = Q(pk__in=[])
        for name, ids in parts.items():
            if ids:
                condition |= Q(**{f"{prefix}{name}__in": sorted(ids)}) if prefix else Q(Among(name, sorted(ids)))
        return condition

    def holds(self, customer: Any) -> bool:
        """The same of a customer that was read already."""
        in_outline = self.masked and customer.erased_on is None
        return self.opens_everything or in_outline or self._names(customer)

    def opens(self, customer: Any) -> bool:
        """Whether the customer is more than an outline."""
        return self.opens_everything or self._names(customer)

    def _names(self, customer: Any) -> bool:
        return (
            customer.manager_id in self.owners or customer.branch_id in self.branches or customer.pk in self.customers
        )


NOTHING = Scope()


def scope_of(user, *, at: datetime | None = None) -> Scope:
    """The scope of a user at a moment; two queries at most, remembered on the user object of this request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOTHING
    remembered = getattr(user, "_scope", None)
    if at is None and remembered is not None:
        return remembered
    scope = _read(user, at or timezone.now())
    if at is None:
        user._scope = scope
    return scope


def _read(user: User, at: datetime) -> Scope:
    if user.role in EVERYTHING and user.role not in MASKED:
        return Scope(everything=True)
    granted = rows_of(GRANTED, user=user.pk, at=at, head_of=user.branch_id if user.role == User.Role.HEAD else None)
    if user.role in MASKED:
        called = {row["customer_id"] for row in granted if row["customer_id"]}
        return Scope(everything=True, masked=True, customers=frozenset(called))
    owners = {row["owner_id"] for row in granted if row["owner_id"]}
    branches = {row["branch_id"] for row in granted if row["branch_id"]}
    if user.role == User.Role.MANAGER:
        owners.add(user.pk)
    elif user.role == User.Role.TELLER and user.branch_id:
        branches.add(user.branch_id)
    customers = {row["customer_id"] for row in granted if row["customer_id"]}
    return Scope(owners=frozenset(owners), branches=frozenset(branches), customers=frozenset(customers))
