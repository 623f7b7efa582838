from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalsConfig(AppConfig):
    name = "crm.approvals"
    verbose_name = _("Approvals")

    def ready(self) -> None:
        from crm.approvals.panels import ENTRY, HOME
        from crm.approvals.people import KINDS, covers
        from crm.approvals.views.people import role_url
        from crm.approvals.viewsets import ProposalViewSet
        from crm.base.slots import contribute
        from crm.identity.permissions import INSIDE, Role, allow

        allow("proposals:read", *INSIDE)
        allow("proposals:write", *(role for role in INSIDE if role != Role.AUDITOR))

        for kind in KINDS:
            contribute("approvals.kinds", kind)
        contribute("identity.mandates", covers)
        contribute("identity.user_row", role_url)
        contribute("navigation", ENTRY)
        contribute("home", HOME)
        contribute("api.routes", ("proposals", ProposalViewSet, "proposals"))
