from datetime import date
from typing import Any, Self

from django.db.models import Case, CharField, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class AdviceQuerySet(OfCustomerQuerySet):
    def visible_to(self, user: Any) -> Self:
        """It tells of money: no part of an outline."""
        return self.open_to(user)

    def with_state(self) -> Self:
        """`state`, and of the newest version `number`, `handed_on`, `review_on`, `outcome`; None before there is one."""
        versions = self.model.versions.rel.related_model.objects
        newest = versions.filter(advice=OuterRef("pk")).order_by("-number")
        fields = {"number": "number", "handed_on": "handed_on", "review_on": "review_on", "outcome": "answer__outcome"}
        rows = self.annotate(**{name: Subquery(newest.values(path)[:1]) for name, path in fields.items()})
        discarded = When(number=None, draft__isnull=True, then=Value("discarded"))
        drafted, answered = When(number=None, then=Value("draft")), When(outcome__isnull=False, then=F("outcome"))
        return rows.annotate(
            state=Case(discarded, drafted, answered, default=Value("handed"), output_field=CharField())
        )

    def kept(self) -> Self:
        """With a state: not thrown away."""
        return self.exclude(state="discarded")

    def due(self, day: date) -> Self:
        """With a state: to be reviewed on the day or before; what the customer declined is not."""
        return self.filter(Q(state="handed") | Q(state="accepted"), review_on__lte=day)

    def with_versions(self) -> Self:
        """All that was handed over, the newest first, in two queries."""
        version = self.model.versions.rel.related_model
        lines = version.lines.rel.related_model.objects.select_related("product").order_by("place")
        rows = version.objects.select_related("by", "answer__by").order_by("-number")
        return self.prefetch_related(Prefetch("versions", rows.prefetch_related(Prefetch("lines", lines))))

    def for_change(self, advice: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("customer").get(pk=advice.pk)


class OfAdviceQuerySet(QuerySet):
    """Versions, their lines and their answers."""

    WAYS = {"AdviceVersion": "advice__customer__"}

    def visible_to(self, user: Any) -> Self:
        way = self.WAYS.get(self.model.__name__, "of__advice__customer__")
        return self.filter(scope_of(user).open_q(way))
