"""How long customers waited, by tier, as it is now; each figure leads to its numbers."""

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages.access import is_fragment
from crm.base.sql import rows_of
from service.queue.filters import UNKNOWN
from service.queue.places import OfQueue

WAITS = Path(__file__).parent / "sql" / "waits.sql"


def waits_of(queues: list[int], day: date, now: Any) -> list[dict[str, Any]]:
    """A row for each tier, "–" for no tier, and the last of all; none where no number was taken."""
    rows = rows_of(WAITS, queues=queues, day=day, now=now)
    return rows if any(row["numbers"] for row in rows) else []


class Waits(OfQueue):
    """Of one branch, or of all that one may see; today, unless `?day=` asks for another one."""

    permission = "queue-waits:read"
    title = _("Waiting times")
    parents = [(_("Queue"), "queue")]

    def get_template_names(self) -> list[str]:
        return ["service/queue/_waits.html" if is_fragment(self.request) else "service/queue/waits.html"]

    @cached_property
    def day(self) -> date:
        try:
            return parse_date(self.request.GET.get("day", "")) or timezone.localdate()
        except ValueError:
            return timezone.localdate()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, code = timezone.now(), self.request.GET.get("branch", "")
        queues = [self.own()] if code else self.queues
        rows = waits_of([each.pk for each in queues], self.day, now)
        may_list = self.may("queue:read")
        base = {"day": self.day.isoformat()} | ({"branch": code} if code else {})
        for row in rows:
            asked = base if row["is_total"] else base | {"tier": row["code"] or UNKNOWN}
            row["url"] = f"{reverse('queue_numbers')}?{urlencode(asked)}" if may_list else ""
        context = {
            "rows": rows,
            "day": self.day,
            "is_today": self.day == timezone.localdate(now),
            "now": now,
            "code": code,
        }
        return super().get_context_data(**context | kwargs)
