from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "crm.base"

    def ready(self) -> None:
        from crm.base import checks  # noqa: F401  registers the checks
