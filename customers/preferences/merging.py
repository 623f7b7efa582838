"""Whose word counts when two records of a customer know different things."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from customers.duplicates.moves import Moves
from customers.models import LifeEvent, Preference
from customers.preferences.words import NONE


def contradicted(survivor_id: int, absorbed_id: int) -> QuerySet[Preference]:
    """Open preferences of the absorbed record that stay there, because the one that stays says the same or something else."""
    same_kind = Preference.objects.open().filter(customer=survivor_id, kind=OuterRef("kind"))
    beside = Q(value=OuterRef("value")) | Q(value=NONE)
    several = Q(kind__in=Preference.SEVERAL)
    rows = Preference.objects.open().filter(customer=absorbed_id)
    return rows.filter(
        Q(~several, Exists(same_kind))
        | Q(several, Exists(same_kind.filter(beside)))
        | Q(several, Exists(same_kind), value=NONE)
    )


def _told_of_both(survivor_id: int, absorbed_id: int) -> QuerySet[LifeEvent]:
    """Life events that stand on the record that stays already."""
    same = {name: OuterRef(name) for name in ("kind", "on", "precision", "about")}
    there = LifeEvent.objects.standing().filter(customer=survivor_id, **same)
    return LifeEvent.objects.standing().filter(Exists(there), customer=absorbed_id)


KNOWN = (
    Moves("preferences", _("Preferences"), Preference, contradicted),
    Moves("life-events", _("Life events"), LifeEvent, _told_of_both),
)
