from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "crm.identity"

    def ready(self) -> None:
        from crm.identity.permissions import INSIDE, Role, allow

        allow("branches:read", *INSIDE)
        allow("users:read", Role.ADMIN, Role.AUDITOR)
        # audit stands below identity and knows no roles
        allow("audit-events:read", Role.AUDITOR)
