from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from crm.base.privileges import grant


class CrmConfig(AppConfig):
    """The roof. Last of the installed apps: all tables are there when it grants, all tasks when it loads Celery."""

    name = "crm"

    def ready(self) -> None:
        import crm.celery  # noqa: F401  the web's `.delay()` must use our broker, and the registry must be full
        from crm.base.panels import NavigationEntry
        from crm.base.slots import contribute
        from crm.nightly.viewsets import RunViewSet

        contribute("api.routes", ("runs", RunViewSet, "runs"))
        contribute("navigation", NavigationEntry(_("Runs"), "runs", "moon-stars", "data", "runs:read"))

        with_tables = [config for config in apps.get_app_configs() if config.models_module]
        post_migrate.connect(grant, sender=with_tables[-1])
