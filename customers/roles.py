"""Which roles may read and change what of customers."""

from crm.identity.permissions import STAFF, Role, allow


def open_doors() -> None:
    for resource in (
        "customers",
        "households",
        "accounts",
        "balances",
        "transactions",
        "fee-charges",
        "interactions",
        "risk-assessments",
        "consents",
        "flags",
    ):
        # an approver reaches a customer only while a proposal about them is open
        allow(f"{resource}:read", *STAFF, Role.APPROVER, Role.AUDITOR)
    allow("customers:write", Role.MANAGER, Role.TELLER, Role.HEAD)
    allow("households:write", Role.MANAGER, Role.TELLER, Role.HEAD)
    for resource in ("interactions", "consents", "flags"):
        allow(f"{resource}:write", *STAFF)
    allow("risk-assessments:write", Role.MANAGER, Role.TELLER, Role.HEAD)
    _open_lives()
    allow("look-ups:write", Role.TELLER)
    allow("statements:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.AUDITOR)
    allow("statements:write", Role.MANAGER, Role.TELLER, Role.HEAD)
    allow("looks:read", Role.HEAD, Role.AUDITOR)
    for resource in ("duplicates", "merges"):
        allow(f"{resource}:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.AUDITOR)
        allow(f"{resource}:write", Role.MANAGER, Role.HEAD)
    open_companies()
    allow("calls:read", Role.AGENT, Role.HEAD, Role.AUDITOR)
    allow("calls:write", Role.AGENT)
    allow("needs:read", *STAFF, Role.AUDITOR)
    allow("needs:write", *STAFF)
    allow("need-reports:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.AUDITOR)
    open_cards()
    for resource in ("imports", "import-profiles"):
        allow(f"{resource}:read", Role.ADMIN, Role.AUDITOR)
        allow(f"{resource}:write", Role.ADMIN)
    allow("feeds:read", Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("feeds:write", Role.ADMIN)


def open_cards() -> None:
    """The counter makes them; a policy admin says which there are, and sees blanks but no customers."""
    counter = (Role.TELLER, Role.HEAD)
    allow("card-orders:read", Role.MANAGER, *counter, Role.AUDITOR)
    allow("card-orders:write", *counter)
    for resource in ("card-stock", "card-spoilages"):
        allow(f"{resource}:read", *counter, Role.ADMIN, Role.AUDITOR)
        allow(f"{resource}:write", *counter)
    allow("card-designs:read", Role.MANAGER, *counter, Role.ADMIN, Role.AUDITOR)
    allow("card-designs:write", Role.ADMIN)


def _open_lives() -> None:
    """Tellers and agents know preferences of the kinds that serve anybody (customers/preferences/querysets.py)."""
    allow("preferences:read", *STAFF, Role.AUDITOR)
    allow("preferences:write", *STAFF)
    allow("life-events:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("life-events:write", Role.MANAGER, Role.HEAD)


def open_companies() -> None:
    for resource in ("companies", "groups"):
        allow(f"{resource}:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.AUDITOR)
        allow(f"{resource}:write", Role.MANAGER, Role.HEAD)
    allow("figure-kinds:read", Role.MANAGER, Role.TELLER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("figure-kinds:write", Role.ADMIN)
