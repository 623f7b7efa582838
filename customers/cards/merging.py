"""What goes with a merge of the counter and of the phone centre: calls, needs, cards."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from customers.duplicates.moves import Moves
from customers.models import Call, CardOrder, Need


def _ordered_by_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    """Open orders of a card that stands open for the record that stays: it is made once."""
    rows = CardOrder.objects.open()
    there = rows.filter(customer=survivor_id, account=OuterRef("account"), design=OuterRef("design"))
    return rows.filter(Exists(there), customer=absorbed_id)


COUNTER = (
    Moves("calls", _("Calls"), Call),
    Moves("needs", _("Customer needs"), Need),
    Moves("card-orders", _("Card orders"), CardOrder, _ordered_by_both),
)
