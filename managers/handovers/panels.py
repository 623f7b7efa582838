"""What handovers put on the page of a manager."""

from typing import Any

from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from managers.models import Leaving


def _leaving(request: Any, manager: Any) -> dict[str, Any]:
    found = Leaving.objects.standing().filter(manager=manager.pk).select_related("successor").first()
    return {"leaving": found, "may_call_off": request.user.may("leavings:write")}


LEAVING = Panel(
    "leaving", "managers/handovers/_leaving.html", _leaving, gettext_lazy("The manager leaves"), "leavings:read"
)
