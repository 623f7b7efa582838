"""What was noticed of two records that are one customer: all of it, but for what would be said twice."""

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from customers.duplicates.moves import Moves
from segmentation.models import Change


def _said_twice(survivor_id: int, absorbed_id: int) -> QuerySet[Change]:
    """The same occasion, and what lies within the quiet days of the other."""
    there = Change.objects.filter(customer=survivor_id, code=OuterRef("code"))
    until = Coalesce("quiet_until", F("day"), output_field=DateField())
    meets = there.annotate(until=until).filter(until__gt=OuterRef("day"), day__lt=OuterRef("quiet_until"))
    rows = Change.objects.filter(customer=absorbed_id)
    return rows.filter(Q(Exists(there.filter(about=OuterRef("about")))) | Q(Exists(meets), quiet_until__isnull=False))


CHANGES = Moves("changes", _("Customer changes"), Change, _said_twice)
