"""What the queue of a branch adds to the roles, the slots, the pages, to proposals, to a merge and to an erasure."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT as MERGES
from customers.duplicates.moves import Moves
from customers.privacy import taking, telling
from customers.privacy.taking import Blanked, Category, Deleted
from customers.privacy.telling import Told
from service.models import CardKey, QueueNumber
from service.queue.proposals import KIND
from service.queue.viewsets import BusinessKindViewSet, CardKeyViewSet, CounterViewSet, QueueRulesViewSet, QueueViewSet

LABEL = _("Queue numbers")
TOLD = Told(
    "queue_numbers",
    LABEL,
    QueueNumber,
    ("queue__branch__name", "day", "kind__name", "taken_at", "called_at", "ended_at"),
)
TAKEN = Blanked(LABEL, Category.CONDUCT, QueueNumber, fields=("customer",))
CARDS = _("Cards that recognise customers")
CARDS_TOLD = Told("card_keys", CARDS, CardKey, ("last_four", "made_at"))
CARDS_TAKEN = Deleted(CARDS, Category.PAPERS, CardKey)
AT_A_BRANCH = (Role.TELLER, Role.HEAD)
READERS = (*AT_A_BRANCH, Role.ADMIN, Role.AUDITOR)


def register() -> None:
    allow("queue:read", *AT_A_BRANCH, Role.AUDITOR)
    allow("queue:write", *AT_A_BRANCH)
    for resource in ("queue-waits", "counters", "business-kinds", "queue-rules"):
        allow(f"{resource}:read", *READERS)
    allow("counters:write", Role.HEAD)
    allow("business-kinds:write", Role.ADMIN)
    allow("queue-rules:write", Role.ADMIN)
    allow("card-keys:read", *AT_A_BRANCH, Role.AUDITOR)
    allow("card-keys:write", *AT_A_BRANCH)
    contribute("approvals.kinds", KIND)
    contribute("api.routes", ("queue", QueueViewSet, "queue"))
    contribute("api.routes", ("counters", CounterViewSet, "counters"))
    contribute("api.routes", ("business-kinds", BusinessKindViewSet, "business-kinds"))
    contribute("api.routes", ("card-keys", CardKeyViewSet, "card-keys"))
    contribute("api.routes", ("queue-rules", QueueRulesViewSet, "queue-rules"))
    entry = NavigationEntry(pgettext_lazy("of a branch", "Queue"), "queue", "ticket", "day", "queue:read")
    contribute("navigation", entry)
    rules = NavigationEntry(_("Rules of the queue"), "queue_rules", "arrows-sort", "policies", "queue-rules:write")
    contribute("navigation", rules)
    contribute(MERGES, Moves("queue_numbers", LABEL, QueueNumber))
    contribute(MERGES, Moves("card_keys", CARDS, CardKey))
    contribute(telling.SLOT, TOLD)
    contribute(telling.SLOT, CARDS_TOLD)
    contribute(taking.SLOT, CARDS_TAKEN)
    contribute(taking.SLOT, TAKEN)
