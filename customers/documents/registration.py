"""What documents add to the roles, the slots, the pages and to a merge."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import STAFF, Role, allow
from customers.documents import panels
from customers.documents.viewsets import ROUTES
from customers.duplicates.moves import SLOT, Moves
from customers.models import Document


def _on_file_already(survivor_id: int, absorbed_id: int) -> QuerySet:
    """Documents that stand of a type of which the record that stays has the one that it may have; the very same; and owners
    where it has some, for their shares are of one record: the sums of both would be nobody's."""
    there = Document.objects.open().filter(customer=survivor_id)
    single = there.filter(type__in=[*Document.SINGLE, Document.Type.BENEFICIAL_OWNER]).values("type")
    same = Exists(there.filter(type=OuterRef("type"), number_hash=OuterRef("number_hash")))
    return Document.objects.open().filter(Q(type__in=single) | Q(same), customer=absorbed_id)


def register() -> None:
    # an approver reaches a customer only while a proposal about them is open
    allow("documents:read", *STAFF, Role.APPROVER, Role.AUDITOR)
    allow("documents:write", Role.MANAGER, Role.TELLER, Role.HEAD)
    for route in ROUTES:
        contribute("api.routes", route)
    contribute(SLOT, Moves("documents", _("Documents"), Document, _on_file_already))
    contribute("navigation", NavigationEntry(_("Documents"), "documents", "id", "customers", "documents:read"))
    contribute("customer.annotations", panels.with_ending)
    contribute("customer.badges", panels.BADGE)
    contribute("customer.now", panels.NOW, weight=20)
    contribute("customer.tabs", panels.DOCUMENTS)
    contribute("customer.timeline", panels.EVENTS)
