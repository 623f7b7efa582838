"""What targets add to the roles, the slots and the pages."""

from django.utils.translation import pgettext_lazy

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from managers.targets.viewsets import TargetViewSet


def register() -> None:
    allow("targets:read", Role.MANAGER, Role.HEAD, Role.AUDITOR)
    allow("targets:write", Role.HEAD)
    contribute("api.routes", ("targets", TargetViewSet, "targets"))
    label = pgettext_lazy("of a period", "Targets")
    contribute("navigation", NavigationEntry(label, "targets", "target", "sales", "targets:read"))
