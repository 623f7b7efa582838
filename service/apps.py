from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

REGISTERED = (
    "clocks.registration",
    "tickets.registration",
    "complaints.registration",
    "knowledge.registration",
    "requests.registration",
    "outbox.registration",
    "queue.registration",
    "callers.registration",
    "phone.registration",
    "reception.registration",
    "boards.registration",
    "workorders.registration",
    "roster.registration",
)


class ServiceConfig(AppConfig):
    name = "service"
    verbose_name = _("Service")

    def ready(self) -> None:
        for name in REGISTERED:
            import_module(f"service.{name}").register()
