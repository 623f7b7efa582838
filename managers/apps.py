from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# books first: handovers follow what those say
REGISTERED = (
    *("books.registration", "handovers.registration", "assigning.registration", "teams.registration"),
    *("leading.registration", "staff.registration", "requests.registration", "targets.registration"),
    *("prospects.registration", "todo.registration", "todo.subjects", "sales.registration", "events.registration"),
    *("events.subjects", "gifts.registration", "referrals.registration", "cadence.registration", "day.registration"),
    *("meetings.registration", "plans.registration", "advice.registration"),
)


class ManagersConfig(AppConfig):
    name = "managers"
    verbose_name = _("Relationship managers")

    def ready(self) -> None:
        for name in REGISTERED:
            import_module(f"managers.{name}").register()
