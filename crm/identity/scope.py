"""Which customers a person reaches: by role, by book, and by `Reach`. The one place that knows."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BigIntegerField, Q, QuerySet, Subquery, Value
from django.utils import timezone

from crm.identity.models import Branch, Reach, User

EVERYTHING = {User.Role.AUDITOR, User.Role.AGENT}


@dataclass(frozen=True)
class Scope:
    """Everything, or the union of books (manager ids), branches (ids) and single customers (ids)."""

    everything: bool = False
    owners: frozenset[int] = field(default_factory=frozenset)
    branches: frozenset[int] = field(default_factory=frozenset)
    customers: frozenset[int] = field(default_factory=frozenset)

    def customers_q(self, prefix: str = "") -> Q:
        """The condition on Customer, or on a model from which `prefix` leads to it. Nothing matches an empty scope."""
        if self.everything:
            return Q()
        parts = {"manager_id": self.owners, "branch_id": self.branches, "pk": self.customers}
        condition = Q(pk__in=[])
        for name, ids in parts.items():
            if ids:
                condition |= Q(**{f"{prefix}{name}__in": sorted(ids)})
        return condition


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
    if user.role in EVERYTHING:
        return Scope(everything=True)
    granted = list(_granted(user, at))
    owners = {owner for owner, _, _ in granted if owner}
    branches = {branch for _, branch, _ in granted if branch}
    if user.role == User.Role.MANAGER:
        owners.add(user.pk)
    elif user.role == User.Role.TELLER and user.branch_id:
        branches.add(user.branch_id)
    customers = {customer for _, _, customer in granted if customer}
    return Scope(owners=frozenset(owners), branches=frozenset(branches), customers=frozenset(customers))


def _granted(user: User, at: datetime) -> QuerySet:
    """Triples of owner, branch and customer ids; for a head with the branches below the own one. One query."""
    granted = Reach.objects.filter(user=user).holding(at=at).values_list("owner_id", "branch_id", "customer_id")
    if user.role != User.Role.HEAD or not user.branch_id:
        return granted
    own = Branch.objects.filter(pk=user.branch_id).values("path")[:1]
    below = Branch.objects.filter(path__startswith=Subquery(own))
    nobody = Value(None, output_field=BigIntegerField())
    return granted.union(below.values_list(nobody, "pk", nobody), all=True)
