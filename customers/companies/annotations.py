"""What is read of a company together with its record: alerts and renewals, without a query of their own."""

from typing import Any

from django.db.models import Count, DateField, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from customers.models import CompanyFigure, GroupMember, Renewal


def alarm_count() -> Coalesce:
    """How many figures of the newest periods alarm."""
    rows = CompanyFigure.objects.filter(customer=OuterRef("pk")).alarming().newest().order_by()
    return Coalesce(Subquery(rows.values("customer").annotate(n=Count("pk")).values("n")), 0)


def renewal_on() -> Subquery:
    """The day of the first renewal that is open."""
    rows = Renewal.objects.open().filter(customer=OuterRef("pk")).order_by()
    return Subquery(rows.values("customer").annotate(first=Min("due_on")).values("first"), output_field=DateField())


def group_name(day: Any) -> Subquery:
    holds = Q(until=None) | Q(until__gt=day)
    rows = GroupMember.objects.filter(holds, customer=OuterRef("pk"), since__lte=day)
    return Subquery(rows.values("group__name")[:1])


def with_signs() -> dict[str, Any]:
    """`renewal_on` for the page of a customer."""
    return {"renewal_on": renewal_on()}
