from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "crm.jobs"
    verbose_name = _("Runs")

    def ready(self) -> None:
        from crm.identity.permissions import Role, allow

        allow("runs:read", Role.ADMIN, Role.APPROVER, Role.AUDITOR, Role.HEAD)
        # an admin starts a run, an approver releases one that waits
        allow("runs:write", Role.ADMIN, Role.APPROVER)
