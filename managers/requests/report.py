"""Granted against kept, per manager."""

from datetime import date
from typing import Any

from django.db.models import Count, DecimalField, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from managers.models import ConditionCheck, ResourceRequest


def _of(rows: QuerySet, key: str, figure: Any, field: Any) -> Coalesce:
    found = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(figure=figure).values("figure")
    return Coalesce(Subquery(found, output_field=field), Value(0, output_field=field))


def with_grants(managers: QuerySet, user: Any, on: date) -> QuerySet:
    """`granted`, `holding`, `forgone` (the cost per year of those that hold), `kept` and `unkept` checks; of what the user reaches."""
    asked = ResourceRequest.objects.visible_to(user).granted()
    holding = asked.holding(on)
    checks = ConditionCheck.objects.filter(condition__request__in=asked.values("pk"))
    whole, money = IntegerField(), DecimalField(max_digits=20, decimal_places=4)
    key = "condition__request__asked_by"
    return managers.annotate(
        granted=_of(asked, "asked_by", Count("pk"), whole),
        holding=_of(holding, "asked_by", Count("pk"), whole),
        forgone=_of(holding, "asked_by", Sum("cost"), money),
        kept=_of(checks.filter(is_kept=True), key, Count("pk"), whole),
        unkept=_of(checks.filter(is_kept=False), key, Count("pk"), whole),
    )
