"""Opportunities of customers in reach: how they stand, and what they are worth."""

from datetime import date
from typing import Any, Self

from django.db.models import Case, Count, DecimalField, F, Func, IntegerField, QuerySet, Sum, When
from django.db.models.functions import TruncMonth

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class _MinorUnit(Func):
    function = "minor_unit"
    arity = 1
    output_field = IntegerField()


class _Rounded(Func):
    """Half up, away from zero, to so many digits."""

    function = "round"
    arity = 2
    output_field = DecimalField(max_digits=20, decimal_places=4)


class OpportunityQuerySet(OfCustomerQuerySet):
    def open(self) -> Self:
        return self.exclude(stage__in=("won", "lost"))

    def won(self) -> Self:
        return self.filter(stage="won")

    def overdue(self, day: date) -> Self:
        """Still open after the day on which they were expected to close."""
        return self.open().filter(close_on__lt=day)

    def with_weighted(self) -> Self:
        """`weighted`: amount x probability, rounded half up once to the minor unit of its currency."""
        share = F("amount") * F("probability") / 100
        return self.annotate(weighted=_Rounded(share, _MinorUnit(F("currency"))))

    def summed(self, *by: str) -> QuerySet[Any, dict[str, Any]]:
        """Per currency, and whatever else is named: how many, `open_amount`, `weighted_amount` of the open, `won_amount`."""
        found = self.order_by().with_weighted().values(*by, "currency")
        is_open, is_won = {"stage__in": ("new", "qualified", "proposed", "negotiating")}, {"stage": "won"}
        return found.annotate(
            count=Count("pk"),
            open_count=Count(Case(When(**is_open, then=1))),
            won_count=Count(Case(When(**is_won, then=1))),
            open_amount=Sum(Case(When(**is_open, then="amount"), default=0, output_field=DecimalField())),
            weighted_amount=Sum(Case(When(**is_open, then="weighted"), default=0, output_field=DecimalField())),
            won_amount=Sum(Case(When(**is_won, then="amount"), default=0, output_field=DecimalField())),
        ).order_by(*by, "currency")

    def by_month(self) -> QuerySet[Any, dict[str, Any]]:
        """The same per month of the expected close."""
        return self.annotate(month=TruncMonth("close_on")).summed("month")

    def for_change(self, opportunity: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("customer", "product", "owner")
        return rows.get(pk=opportunity.pk)


class StageMoveQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(scope_of(user).customers_q("opportunity__customer__"))

    def of_customer(self, customer: Any) -> Self:
        return self.filter(opportunity__customer=customer)
