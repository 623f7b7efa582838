"""What is noted of companies: who sees it, on which day it holds, and what changed against the period before."""

from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Abs, Coalesce
from django.utils import timezone

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet

RENEWED_WITHIN = timedelta(days=60)


class NotedQuerySet(OfCustomerQuerySet):
    def writable_by(self, user) -> Self:
        """What is said of companies in reach; more may be seen, as when a person in reach owns another's customer."""
        return self.filter(scope_of(user).customers_q("customer__"))


class SpanQuerySet(NotedQuerySet):
    """Rows that hold from `since` until the day before `until`."""

    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class PartyQuerySet(SpanQuerySet):
    """Rows between a company and a party, seen by who reaches either of the two."""

    def visible_to(self, user) -> Self:
        scope = scope_of(user)
        if scope.everything:
            return self
        return self.filter(scope.customers_q("customer__") | scope.customers_q("party__"))

    def with_reach(self, user) -> Self:
        """`sees_customer`, `sees_party`: whether the user reaches the two ends."""
        seen = apps.get_model("customers", "Customer").objects.visible_to(user)
        return self.annotate(
            sees_customer=Exists(seen.filter(pk=OuterRef("customer_id"))),
            sees_party=Exists(seen.filter(pk=OuterRef("party_id"))),
        )


class OutsidePartyQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Those named in something that the user sees."""
        if scope_of(user).everything:
            return self
        told = [apps.get_model("customers", name).objects.visible_to(user) for name in ("CompanyRelation", "Guarantee")]
        relations, guarantees = (Q(Exists(rows.filter(outsider=OuterRef("pk")))) for rows in told)
        return self.filter(relations | guarantees)

    def writable_by(self, user) -> Self:
        """Those that nobody but companies in reach names."""
        beyond = Q(pk__in=[])
        for name in ("CompanyRelation", "Guarantee"):
            rows: Any = apps.get_model("customers", name).objects
            mine = rows.writable_by(user).values("pk")
            beyond |= Q(Exists(rows.filter(outsider=OuterRef("pk")).exclude(pk__in=mine)))
        return self.visible_to(user).exclude(beyond)

    def with_reach(self, user) -> Self:
        """`is_writable`: whether nobody but companies in reach names it."""
        return self.annotate(is_writable=Exists(self.model.objects.writable_by(user).filter(pk=OuterRef("pk"))))

    def for_change(self, party: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=party.pk)


class FigureQuerySet(NotedQuerySet):
    def with_before(self) -> Self:
        """`before`: the same figure, in the same currency, of the period of the same length just before."""
        same = {name: OuterRef(name) for name in ("customer", "kind", "months", "currency")}
        rows = self.model.objects.filter(through=OuterRef("since") - timedelta(days=1), **same)
        return self.annotate(before=Subquery(rows.values("value")[:1]))

    def newest(self) -> Self:
        """Without those of which a later period of the same length is known."""
        same = {name: OuterRef(name) for name in ("customer", "kind", "months")}
        later = self.model.objects.filter(through__gt=OuterRef("through"), value__isnull=False, **same)
        return self.filter(~Exists(later))

    def alarming(self) -> Self:
        """Those that fell or rose, against the period before, by what their kind says is too much."""
        size = Abs(F("before"))
        fell = Q(kind__falls_by__isnull=False, value__lte=F("before") - size * F("kind__falls_by"))
        rose = Q(kind__rises_by__isnull=False, value__gte=F("before") + size * F("kind__rises_by"))
        return self.with_before().exclude(before=0).filter(fell | rose)


class RenewalQuerySet(NotedQuerySet):
    def open(self) -> Self:
        return self.filter(done_on=None)

    def due(self, on: date) -> Self:
        return self.open().filter(due_on__lte=on + RENEWED_WITHIN)


class CompanyGroupQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The groups of which somebody within reach is a member today; who reaches everything sees all of them."""
        if scope_of(user).everything:
            return self
        members = apps.get_model("customers", "GroupMember").objects.visible_to(user)
        return self.filter(pk__in=members.holding(timezone.localdate()).values("group_id"))

    def with_member_count(self, day) -> Self:
        """`member_count`: who belongs to it on the day, in reach or not."""
        here = apps.get_model("customers", "GroupMember").objects.holding(day).filter(group=OuterRef("pk"))
        counted = here.order_by().values("group").annotate(n=Count("pk")).values("n")
        return self.annotate(member_count=Coalesce(Subquery(counted), 0))

    def for_change(self, group: Any) -> Any:
        """The group as it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=group.pk)


class GroupMemberQuerySet(OfCustomerQuerySet):
    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def of(self, group_id: int, user) -> Self:
        """Every membership of a group, with the customer and `in_reach`."""
        seen = apps.get_model("customers", "Customer").objects.visible_to(user).filter(pk=OuterRef("customer_id"))
        rows = self.filter(group=group_id).select_related("customer").annotate(in_reach=Exists(seen))
        return rows.order_by("since", "pk")


class OfGroupQuerySet(models.QuerySet):
    """Rows with a `group`."""

    def visible_to(self, user) -> Self:
        if scope_of(user).everything:
            return self
        groups = apps.get_model("customers", "CompanyGroup").objects.visible_to(user)
        return self.filter(group__in=groups.values("pk"))

    def holding(self, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
