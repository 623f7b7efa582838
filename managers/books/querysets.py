from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject

from crm.identity.models import Branch, User
from crm.identity.scope import scope_of
from customers.models import Customer
from customers.querysets.parties import OfCustomerQuerySet
from segmentation.models import TierPeriod


class DatedQuerySet(models.QuerySet):
    """Rows from `since` to before `until`, which may be open."""

    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def unended(self, on: date) -> Self:
        """Those that hold on the day or will: what may still be ended."""
        return self.filter(Q(until=None) | Q(until__gt=on))

    def overlapping(self, since: date, until: date | None) -> Self:
        later = Q(until=None) | Q(until__gt=since)
        return self.filter(later) if until is None else self.filter(later, since__lt=until)

    def for_change(self, row: Any) -> Any:
        """The row as it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=row.pk)


class AssignmentQuerySet(DatedQuerySet, OfCustomerQuerySet):
    def beside(self, customer_id: int, on: date) -> Self:
        """Who stands beside the primary, or will."""
        return self.unended(on).exclude(role=self.model.Role.PRIMARY).filter(customer=customer_id)


class ManagerQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A manager sees themselves and whom they cover, a head those of their branches, an auditor all."""
        rows = self.filter(role=User.Role.MANAGER)
        scope = scope_of(user)
        if scope.opens_everything:
            return rows
        seen = Q(pk__in=scope.owners)
        if getattr(user, "role", "") == User.Role.HEAD and user.branch_id:
            seen |= Q(branch__in=Branch.objects.below(user.branch))
        return rows.filter(seen)

    def at_work(self) -> Self:
        return self.filter(is_active=True)

    def with_book(self, on: date) -> Self:
        """`book`, in one look for each: what `Manager` tells as `customers`, `managed` and `load`; `capacity`; `away_until`."""
        held = Customer.objects.unmerged().filter(manager=OuterRef("pk")).order_by().values(of=Value(1))
        sums = JSONObject(customers=Count("pk"), managed=Count("managed"), load=Coalesce(Sum("managed__weight"), 0))
        away = self.model.absences.rel.related_model.objects.holding(on).filter(manager=OuterRef("pk"))
        return self.with_capacity().annotate(
            book=Subquery(held.annotate(sums=sums).values("sums")), away_until=Subquery(away.values("until")[:1])
        )

    def with_capacity(self) -> Self:
        """`capacity`: what they can carry."""
        return self.annotate(capacity=Coalesce(F("book_profile__capacity"), settings.CRM_BOOK_CAPACITY))


class OfManagerQuerySet(models.QuerySet):
    """Rows with a `manager`, whom the user may see."""

    def visible_to(self, user: Any) -> Self:
        seen = ManagerQuerySet(User).visible_to(user)
        return self.filter(manager__in=seen.values("pk"))


class AbsenceQuerySet(DatedQuerySet, OfManagerQuerySet):
    pass


def uncovered(customers: Any) -> Any:
    """Customers who are to have a manager and whom nobody at work looks after."""
    left = Q(manager=None) | Q(manager__is_active=False) | ~Q(manager__role=User.Role.MANAGER)
    return customers.unmerged().tiered().filter(left, managed__isnull=False)


def with_tier(customers: Any) -> Any:
    """`tier_name`: of the tier in which a customer stands."""
    standing = TierPeriod.objects.open().filter(customer=OuterRef("pk")).order_by()
    return customers.annotate(tier_name=Subquery(standing.values("tier__name")[:1]))
