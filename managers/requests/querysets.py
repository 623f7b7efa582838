from datetime import date
from typing import Any, Self

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class RequestQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """They tell of money: no part of an outline."""
        return self.open_to(user)

    def granted(self) -> Self:
        return self.filter(state=self.model.State.GRANTED)

    def holding(self, on: date) -> Self:
        return self.granted().filter(valid_until__gte=on)

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
            "customer", "product", "fee", "asked_by"
        )
        return rows.get(pk=request.pk)


class ConditionQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_of(user).open_q("request__customer__"))
