"""How much articles are used: read and answered by within the last days, and whether their newest version helped."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from crm.base.days import midnight
from service.models import ArticleLink, ArticleRating, ArticleView

DAYS = 90


def with_use(rows: QuerySet, *, on: date) -> Any:
    """`views` are readers a day, `links` tickets, both of all versions in the last 90 days; `helpful` and `unhelpful` readers."""
    since = on - timedelta(days=DAYS)
    return rows.annotate(
        views=_counted(ArticleView, on__gt=since),
        links=_counted(ArticleLink, at__gte=midnight(since)),
        helpful=_counted(ArticleRating, is_helpful=True, version__number=OuterRef("number")),
        unhelpful=_counted(ArticleRating, is_helpful=False, version__number=OuterRef("number")),
    )


def _counted(model: Any, **only: Any) -> Coalesce:
    own = model.objects.filter(Q(**only), version__article=OuterRef("pk")).order_by().values("version__article")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
