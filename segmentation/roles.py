"""Who may read and write what, by role."""

from crm.identity.permissions import INSIDE, STAFF, Role, allow


def allow_roles() -> None:
    for resource in ("tier-schemes", "tiers", "waiver-policies", "segments"):
        allow(f"{resource}:read", *INSIDE)
    for resource in ("waiver-postings", "waiver-batches"):
        allow(f"{resource}:read", Role.ADMIN, Role.AUDITOR)
        allow(f"{resource}:write", Role.ADMIN)
    allow("segments:write", Role.ADMIN)
    allow("segment-members:read", *STAFF, Role.AUDITOR)
    # an approver reads a rule in its proposal; a count within their reach would count nobody
    allow("rules:read", Role.ADMIN, Role.AUDITOR, Role.HEAD, Role.MANAGER)
    for verb in ("read", "write"):
        allow(f"drafts:{verb}", Role.ADMIN)
    allow("simulations:read", Role.ADMIN, Role.APPROVER, Role.AUDITOR, Role.HEAD)
    allow("simulations:write", Role.ADMIN)
    allow("waiver-checks:read", Role.ADMIN, Role.APPROVER, Role.AUDITOR, Role.HEAD)
    allow("waiver-checks:write", Role.ADMIN)
    allow("waiver-reconciliation:read", Role.ADMIN, Role.AUDITOR, Role.HEAD)
    allow("leaks:read", Role.HEAD, Role.AUDITOR)
    allow("tier-overrides:write", Role.MANAGER, Role.HEAD)
    allow("waivers:write", Role.MANAGER, Role.HEAD, Role.TELLER)
    allow("free-accounts:write", Role.MANAGER, Role.HEAD, Role.TELLER)
    for resource in ("tier-periods", "tier-overrides", "waivers", "free-accounts"):
        allow(f"{resource}:read", *STAFF, Role.APPROVER, Role.AUDITOR)

    allow("behaviour:read", *STAFF, Role.AUDITOR)
    for resource in ("held-back", "tier-migration", "rfm"):
        allow(f"{resource}:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
