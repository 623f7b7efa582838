from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "crm.identity"
    verbose_name = _("Users and branches")

    def ready(self) -> None:
        from django.contrib.auth import signals

        from crm.base.panels import NavigationEntry
        from crm.base.slots import contribute
        from crm.identity import receivers
        from crm.identity.permissions import INSIDE, Role, allow
        from crm.identity.services import UNREAD
        from crm.identity.viewsets import BranchViewSet, UserViewSet

        allow("branches:read", *INSIDE)
        allow("branches:write", Role.ADMIN)
        allow("users:read", Role.ADMIN, Role.AUDITOR)
        # audit stands below identity and knows no roles
        allow("audit-events:read", Role.AUDITOR)

        signals.user_logged_in.connect(receivers.note_sign_in, dispatch_uid="identity.signed_in")
        signals.user_logged_out.connect(receivers.note_sign_out, dispatch_uid="identity.signed_out")
        signals.user_login_failed.connect(receivers.note_refusal, dispatch_uid="identity.refused")

        contribute("api.routes", ("branches", BranchViewSet, "branches"))
        contribute("alerts", UNREAD)
        contribute("api.routes", ("users", UserViewSet, "users"))
        contribute("navigation", NavigationEntry(_("Users"), "users", "users", "control", "users:read"))
