from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentationConfig(AppConfig):
    name = "segmentation"
    verbose_name = _("Tiers and waivers")

    def ready(self) -> None:
        from crm.base.slots import contribute
        from crm.identity.permissions import INSIDE, STAFF, Role, allow
        from segmentation.contributions import contribute_pages
        from segmentation.corrections import KINDS as BY_HAND
        from segmentation.exceptions import OVERRIDE, OVERRIDE_END
        from segmentation.proposals import KINDS, was_published
        from segmentation.segments.proposals import KIND as SEGMENT
        from segmentation.viewsets import PATHS, ROUTES

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
        allow("tier-overrides:write", Role.MANAGER, Role.HEAD)
        allow("waivers:write", Role.MANAGER, Role.HEAD, Role.TELLER)
        allow("free-accounts:write", Role.MANAGER, Role.HEAD, Role.TELLER)
        for resource in ("tier-periods", "tier-overrides", "waivers", "free-accounts"):
            allow(f"{resource}:read", *STAFF, Role.APPROVER, Role.AUDITOR)

        allow("behaviour:read", *STAFF, Role.AUDITOR)
        for resource in ("held-back", "tier-migration", "rfm"):
            allow(f"{resource}:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)

        for route in ROUTES:
            contribute("api.routes", route)
        for address in PATHS:
            contribute("api.paths", address)
        for kind in (*KINDS, OVERRIDE, OVERRIDE_END, SEGMENT, *BY_HAND):
            contribute("approvals.kinds", kind)
        contribute("policies.proposal_published", was_published)
        contribute_pages()
