from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from crm.identity.permissions import STAFF, Role, allow

        readers = (*STAFF, Role.APPROVER, Role.AUDITOR)
        for resource in ("customers", "accounts", "balances", "transactions", "fee-charges", "interactions"):
            allow(f"{resource}:read", *readers)
        allow("customers:write", Role.MANAGER, Role.TELLER, Role.HEAD)
        allow("interactions:write", *STAFF)
        allow("look-ups:write", Role.TELLER)
        allow("imports:read", Role.ADMIN, Role.AUDITOR)
        allow("imports:write", Role.ADMIN)
