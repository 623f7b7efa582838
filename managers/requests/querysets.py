from datetime import date
from typing import Any, Self

from django.db.models import Case, CharField, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class RequestQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """They tell of money: no part of an outline."""
        return self.open_to(user)

    def granted(self) -> Self:
        return self.filter(state=self.model.State.GRANTED)

    def holding(self, on: date) -> Self:
        """Granted, not over, and not replaced by another grant."""
        replacing = self.model.objects.granted().filter(replaces=OuterRef("pk"))
        return self.granted().filter(~Exists(replacing), valid_until__gte=on)

    def with_used(self, on: date) -> Self:
        """`used`: what stands granted of the same thing to the same customer, whoever granted it, in the measure of the
        limits; without the request itself and the grant that it replaces."""
        same = Q(product=OuterRef("product")) | Q(fee=OuterRef("fee"))
        rows = self.model.objects.holding(on).filter(same, customer=OuterRef("customer"), kind=OuterRef("kind"))
        others = rows.exclude(pk=OuterRef("pk")).exclude(pk=Coalesce(OuterRef("replaces"), 0))
        measure = Case(When(kind__in=self.model.PRICED, then=F("cost")), default=F("amount"))
        used = Subquery(others.order_by().values("kind").annotate(used=Sum(measure)).values("used"))
        return self.annotate(used=Coalesce(used, Value(0), output_field=DecimalField(max_digits=20, decimal_places=4)))

    def with_outcome(self) -> Self:
        """`outcome`: the state; of one whose proposal was decided against or ended, declined."""
        over = Q(state="proposed", proposal__status__in=("refused", "withdrawn", "expired", "stale"))
        return self.annotate(
            outcome=Case(When(over, then=Value("declined")), default=F("state"), output_field=CharField())
        )

    def broken(self) -> Self:
        """With a condition that a check found not kept."""
        checks = self.model.conditions.rel.related_model.checks.rel.related_model.objects
        return self.filter(Exists(checks.filter(condition__request=OuterRef("pk"), is_kept=False)))

    def for_change(self, request: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related(
            "customer__branch", "product", "fee", "asked_by"
        )
        return rows.get(pk=request.pk)


class ConditionQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_of(user).open_q("request__customer__"))
