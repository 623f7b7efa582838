from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from managers.books.querysets import DatedQuerySet, OfManagerQuerySet


class GradeQuerySet(DatedQuerySet, OfManagerQuerySet):
    pass


class TrainingQuerySet(OfManagerQuerySet):
    pass


class CertificateQuerySet(OfManagerQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def valid(self, on: date) -> Self:
        return self.standing().filter(Q(valid_until=None) | Q(valid_until__gte=on), issued_on__lte=on)

    def unrenewed(self) -> Self:
        """Without those after which one of the kind holds for longer."""
        later = self.model.objects.standing().filter(manager=OuterRef("manager"), kind=OuterRef("kind"))
        longer = Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until"))
        return self.exclude(Exists(later.filter(longer).exclude(pk=OuterRef("pk"))))

    def lapsing(self, by: date) -> Self:
        """Those that end by the day, or have ended, and that none renews."""
        return self.standing().filter(valid_until__lte=by).unrenewed()

    def for_change(self, certificate: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        rows: QuerySet = self.select_for_update(of=("self",), no_key=True).select_related("manager")
        return rows.get(pk=certificate.pk)
