"""What proposals add to the frame and to home."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.inbox import count_for, waiting_for
from crm.approvals.models import Proposal
from crm.approvals.querysets import places_of
from crm.base.panels import NavigationEntry, Panel
from crm.identity.models import User

SHOWN = 6


def home(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """For who decides, the inbox; for an admin, what became of the own proposals."""
    if places_of(user):
        waiting = waiting_for(user, at=timezone.now(), most=SHOWN)
        return {"waiting": waiting, "url": reverse("proposals"), "label": _("Approvals")}
    if user.role != User.Role.ADMIN:
        return None
    own = Proposal.objects.filter(maker=user).order_by("-pk")[:SHOWN]
    return {"own": own, "url": reverse("proposals_mine"), "label": _("My proposals")}


def count(user: Any) -> int:
    return count_for(user, at=timezone.now())


HOME = Panel("proposals", "approvals/_home.html", home, gettext_lazy("Approvals"), "proposals:read")
ENTRY = NavigationEntry(gettext_lazy("Approvals"), "proposals", "checklist", "day", "proposals:read", count)
