"""What resource requests add to the roles, the slots, the pages, to proposals, to a merge and to an erasure."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.duplicates.moves import SLOT, Moves
from customers.models import Customer
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Owned
from customers.privacy.telling import Told
from customers.timeline import Item, Source
from managers.models import ResourceRequest
from managers.requests.proposals import REQUEST, TERMS
from managers.requests.viewsets import RequestViewSet, TermsViewSet
from segmentation.rules.sentences import money

TOLD = Told(
    "resource-requests",
    _("Resource requests"),
    ResourceRequest,
    ("kind", "amount", "currency", "price", "valid_until", "state", "asked_at", "decided_at"),
)
TAKEN = Owned(_("Words in resource requests"), Category.CONDUCT, ResourceRequest, function="managers_erase_requests")


def _items(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("resource-requests:read"):
        return []
    rows = ResourceRequest.objects.filter(customer=customer).select_related("product", "fee", "asked_by")
    if before:
        rows = rows.filter(asked_at__lt=before)
    return [
        Item(
            at=each.asked_at, kind="resource", title=str(each), text=each.why, by=str(each.asked_by), icon="cash",
            meta=f"{money(each.amount, each.currency)} · {each.get_state_display()}",
        )
        for each in rows.order_by("-asked_at", "-pk")[:limit]
    ]  # fmt: skip


def register() -> None:
    allow("resource-requests:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("resource-requests:write", Role.MANAGER, Role.HEAD)
    allow("resource-terms:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("resource-terms:write", Role.ADMIN)
    contribute("api.routes", ("resource-requests", RequestViewSet, "resource-requests"))
    contribute("api.routes", ("resource-terms", TermsViewSet, "resource-terms"))
    for kind in (REQUEST, TERMS):
        contribute("approvals.kinds", kind)
    contribute(SLOT, Moves("resource-requests", _("Resource requests"), ResourceRequest))
    contribute(telling.SLOT, TOLD)
    contribute(taking.SLOT, TAKEN)
    contribute("customer.timeline", Source("resource", _("Resource requests"), _items))
    entry = NavigationEntry(_("Resource requests"), "resource_requests", "cash", "sales", "resource-requests:read")
    contribute("navigation", entry)
    entry = NavigationEntry(_("Terms of requests"), "resource_terms", "percentage", "policies", "resource-terms:read")
    contribute("navigation", entry)
