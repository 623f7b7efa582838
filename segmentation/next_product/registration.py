"""What the next product adds to the roles, the proposals, the pages and the addresses."""

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import INSIDE, STAFF, Role, allow
from segmentation.next_product import panels, proposals, viewsets

NAVIGATION = (
    NavigationEntry(_("Next product"), "next_products", "basket", "customers", "next-products:read"),
    NavigationEntry(_("Product offers"), "product_offers", "package", "policies", "product-offers:read"),
)


def register() -> None:
    allow("product-offers:read", *INSIDE)
    allow("product-answers:read", *STAFF, Role.APPROVER, Role.AUDITOR)
    allow("product-answers:write", *STAFF)
    allow("next-products:read", Role.HEAD, Role.ADMIN, Role.AUDITOR)
    contribute("approvals.kinds", proposals.KIND)
    contribute("customer.annotations", panels.with_suggestions)
    contribute("customer.now", panels.NEXT)
    contribute("customer.timeline", panels.ANSWERS)
    for entry in NAVIGATION:
        contribute("navigation", entry)
    for route in viewsets.ROUTES:
        contribute("api.routes", route)
    for address in viewsets.PATHS:
        contribute("api.paths", address)
