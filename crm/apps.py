from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from crm.base.privileges import grant


class CrmConfig(AppConfig):
    """The roof. Last of the installed apps: all tables are there when it grants, all tasks when it loads Celery."""

    name = "crm"

    def ready(self) -> None:
        import crm.celery  # noqa: F401  the web's `.delay()` must use our broker, and the registry must be full

        with_tables = [config for config in apps.get_app_configs() if config.models_module]
        post_migrate.connect(grant, sender=with_tables[-1])
