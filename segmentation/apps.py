from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentationConfig(AppConfig):
    name = "segmentation"
    verbose_name = _("Tiers and waivers")

    def ready(self) -> None:
        from crm.base.slots import contribute
        from segmentation.contributions import contribute_pages
        from segmentation.corrections import KINDS as BY_HAND
        from segmentation.exceptions import OVERRIDE, OVERRIDE_END
        from segmentation.leakage.proposals import KIND as CORRECTION
        from segmentation.proposals import KINDS, was_published
        from segmentation.roles import allow_roles
        from segmentation.segments.proposals import KIND as SEGMENT
        from segmentation.viewsets import PATHS, ROUTES

        allow_roles()
        for route in ROUTES:
            contribute("api.routes", route)
        for address in PATHS:
            contribute("api.paths", address)
        for kind in (*KINDS, OVERRIDE, OVERRIDE_END, SEGMENT, CORRECTION, *BY_HAND):
            contribute("approvals.kinds", kind)
        contribute("policies.proposal_published", was_published)
        contribute_pages()
