"""The own shifts on the home page, and who asks for a swap."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from crm.identity.models import User
from service.models import Shift, Swap

SHOWN = 3


def _own(request: Any, user: User) -> dict[str, Any] | None:
    rows = Shift.objects.published().filter(user=user, ends_at__gt=timezone.now())
    shifts = list(rows.order_by("starts_at")[:SHOWN])
    swaps = list(Swap.objects.filter(to=user, state=Swap.State.ASKED).select_related("shift", "asked_by")[:SHOWN])
    return {"shifts": shifts, "swaps": swaps} if shifts or swaps else None


OWN = Panel("shifts", "service/roster/_own.html", _own, _("My shifts"), permission="shifts:read")
