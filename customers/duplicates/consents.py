"""Whose word counts when two records of a customer said different things: the later one, and no consent outlives a withdrawal."""

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from crm.audit import services as audit
from customers.duplicates.moves import Moves
from customers.models import Consent, Merge

SAME = {"purpose": OuterRef("purpose"), "channel": OuterRef("channel")}


def _withdrawals(customer_id: int) -> QuerySet:
    """Of the purpose and channel of an outer row. What made way for a newer wording at that moment was not withdrawn."""
    newer = Consent.objects.filter(customer=customer_id, given_at=OuterRef("withdrawn_at"), **SAME)
    rows = Consent.objects.filter(~Exists(newer), customer=customer_id, withdrawn_at__isnull=False, **SAME)
    return rows.order_by()


def outspoken(customer_id: int, by_id: int) -> QuerySet:
    """Open consents of a customer that the other one withdrew later, with the moment in `ended`."""
    later = _withdrawals(by_id).filter(withdrawn_at__gte=OuterRef("given_at"))
    last = later.values("purpose").annotate(last=Max("withdrawn_at")).values("last")
    return Consent.objects.open().filter(Exists(later), customer=customer_id).annotate(ended=Subquery(last))


def stays(survivor_id: int, absorbed_id: int) -> QuerySet:
    """What both agreed to is said already."""
    agreed = Consent.objects.open().filter(customer=survivor_id, **SAME)
    return Consent.objects.filter(Exists(agreed), customer=absorbed_id, withdrawn_at=None)


class Consents(Moves):
    """What either record withdrew later than the other one agreed to it is withdrawn, for good."""

    def move(self, merge: Merge) -> list[int]:
        both = (merge.survivor_id, merge.absorbed_id)
        for consent in [row for pair in (both, both[::-1]) for row in outspoken(*pair)]:
            consent.withdrawn_at = consent.ended
            consent.save(update_fields=["withdrawn_at"])
            said = {"purpose": consent.purpose, "channel": consent.channel}
            audit.record("consent.withdrawn", consent, by=merge.by, merge=merge.pk, **said)
        return super().move(merge)


CONSENTS = Consents("consents", _("Consents"), Consent, stays)
