"""What the customers of books hold and bring, row by row and summed."""

from typing import Any

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum

from customers.models import Customer
from managers.books.querysets import with_tier
from segmentation.value.worth import newest_years


def with_figures(customers: QuerySet) -> QuerySet:
    """`weight`, `balance` and `value`, each with its currency."""
    years = newest_years().filter(customer=OuterRef("pk"))
    return with_tier(customers).annotate(
        weight=F("managed__weight"),
        balance=F("facts__balance"),
        balance_currency=F("facts__currency"),
        value=Subquery(years.values("value")[:1]),
        value_currency=Subquery(years.values("currency")[:1]),
    )


def summed_books(customers: QuerySet) -> QuerySet[Any, dict[str, Any]]:
    """For each book, tier and currency: how many, and what they hold; from the highest tier down. Who has left is in no tier."""
    open_one = Q(tier_periods__until=None, status__in=Customer.TIERED)
    standing = FilteredRelation("tier_periods", condition=open_one)
    found = (
        customers.order_by()
        .annotate(standing=standing)
        .values(
            "manager",
            tier=F("standing__tier__code"),
            tier_name=F("standing__tier__name"),
            currency=F("facts__currency"),
        )
    )
    summed = found.annotate(customers=Count("pk"), balance=Sum("facts__balance"))
    return summed.order_by(F("standing__tier__rank").desc(nulls_last=True), "tier", "tier_name", "currency")
