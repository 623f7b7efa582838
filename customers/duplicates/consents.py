"""Whose word counts when two records of a customer said different things: the later one, and no consent outlives a withdrawal."""

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from customers.duplicates.moves import Moves
from customers.models import Consent, Merge


def _withdrawals(customer_id: int) -> QuerySet:
    """Of the purpose and channel of an outer row."""
    same = {"purpose": OuterRef("purpose"), "channel": OuterRef("channel")}
    return Consent.objects.filter(customer=customer_id, withdrawn_at__isnull=False, **same).order_by()


def outspoken(customer_id: int, by_id: int) -> QuerySet:
    """Open consents of a customer that the other one withdrew later."""
    later = _withdrawals(by_id).filter(withdrawn_at__gte=OuterRef("given_at"))
    return Consent.objects.open().filter(Exists(later), customer=customer_id)


def stays(survivor_id: int, absorbed_id: int) -> QuerySet:
    """What the other record said later, and what both agreed to: that is said already."""
    same = {"purpose": OuterRef("purpose"), "channel": OuterRef("channel")}
    agreed = Consent.objects.open().filter(customer=survivor_id, **same)
    late = outspoken(absorbed_id, survivor_id).values("pk")
    return Consent.objects.filter(Q(pk__in=late) | Q(Exists(agreed), withdrawn_at=None), customer=absorbed_id)


class Consents(Moves):
    """What the absorbed record withdrew later than the other one agreed to it is withdrawn, for good."""

    def move(self, merge: Merge) -> list[int]:
        last = _withdrawals(merge.absorbed_id).values("purpose").annotate(last=Max("withdrawn_at")).values("last")
        ended = outspoken(merge.survivor_id, merge.absorbed_id).values_list("pk", flat=True)
        Consent.objects.filter(pk__in=list(ended)).update(withdrawn_at=Subquery(last))
        return super().move(merge)


CONSENTS = Consents("consents", _("Consents"), Consent, stays)
