"""What the next product adds to the roles, the proposals and the pages."""

from crm.base.slots import contribute
from crm.identity.permissions import INSIDE, STAFF, Role, allow
from segmentation.next_product import proposals


def register() -> None:
    allow("product-offers:read", *INSIDE)
    allow("product-answers:read", *STAFF, Role.APPROVER, Role.AUDITOR)
    allow("product-answers:write", *STAFF)
    allow("next-products:read", Role.HEAD, Role.ADMIN, Role.AUDITOR)
    contribute("approvals.kinds", proposals.KIND)
