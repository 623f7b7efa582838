"""What assigning adds to the roles, the slots, the pages, to a merge and to an erasure."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Blanked, Category, Deleted
from customers.privacy.telling import Told
from managers.assigning.viewsets import AssignmentRunViewSet, MoveSuggestionViewSet
from managers.models import ManagedCustomer, MoveSuggestion

TOLD = Told(
    "move_suggestions",
    _("Move suggestions"),
    MoveSuggestion,
    ("giver__name", "taker__name", "why", "made_at", "state", "decided_at", "reason"),
    names={"giver__name": _("gives away"), "taker__name": _("takes on")},
)
PICKED = Told(
    "managed", _("Which team looks after the customer"), ManagedCustomer, ("rule", "branch__name", "team__name")
)
TAKEN = (
    Blanked(_("Reasons of move decisions"), Category.CONDUCT, MoveSuggestion, fields=("reason",)),
    Deleted(_("Which team looks after the customer"), Category.PROFILE, ManagedCustomer),
)


def _open(survivor_id: int, absorbed_id: int) -> QuerySet:
    """What was suggested of a record that is no more lapses with the next night."""
    return MoveSuggestion.objects.open().filter(customer=absorbed_id)


def register() -> None:
    allow("move-suggestions:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("move-suggestions:write", Role.HEAD)
    allow("assignment-runs:read", Role.HEAD, Role.AUDITOR)
    allow("assignment-runs:write", Role.HEAD)
    contribute("api.routes", ("move-suggestions", MoveSuggestionViewSet, "move-suggestions"))
    contribute("api.routes", ("assignment-runs", AssignmentRunViewSet, "assignment-runs"))
    contribute(SLOT, Moves("move_suggestions", _("Move suggestions"), MoveSuggestion, _open))
    for told in (TOLD, PICKED):
        contribute(telling.SLOT, told)
    for taken in TAKEN:
        contribute(taking.SLOT, taken)
