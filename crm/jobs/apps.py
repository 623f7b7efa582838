from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "crm.jobs"

    def ready(self) -> None:
        from crm.identity.permissions import Role, allow

        allow("runs:read", Role.ADMIN, Role.APPROVER, Role.AUDITOR, Role.HEAD)
        # an admin starts a run, an approver releases one that waits
        allow("runs:write", Role.ADMIN, Role.APPROVER)
