from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentationConfig(AppConfig):
    name = "segmentation"
    verbose_name = _("Tiers and waivers")

    def ready(self) -> None:
        from crm.base.slots import contribute
        from crm.identity.permissions import INSIDE, STAFF, Role, allow
        from segmentation.contributions import contribute_pages
        from segmentation.viewsets import PATHS, ROUTES

        for resource in ("tier-schemes", "tiers", "waiver-policies"):
            allow(f"{resource}:read", *INSIDE)
        for resource in ("tier-periods", "waivers"):
            allow(f"{resource}:read", *STAFF, Role.APPROVER, Role.AUDITOR)

        for resource in ("held-back", "tier-migration"):
            allow(f"{resource}:read", Role.MANAGER, Role.HEAD, Role.ADMIN, Role.APPROVER, Role.AUDITOR)

        for route in ROUTES:
            contribute("api.routes", route)
        for address in PATHS:
            contribute("api.paths", address)
        contribute_pages()
