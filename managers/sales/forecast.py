"""What is expected when: per month of the expected close and currency, what is open, weighted, and won so far."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, ListPage
from managers.models import Opportunity
from managers.sales.filters import BoardFilter

MONTHS = 12


def forecast(rows: QuerySet, today: date) -> list[dict[str, Any]]:
    """A line per month and currency, the earliest first: the last twelve months, those to come, and older ones with something
    open. One query."""
    years, place = divmod(today.year * 12 + today.month - MONTHS, 12)
    since = date(years, place + 1, 1)
    found = rows.by_month().filter(count__gt=0)
    return [line for line in found if (line["month"] >= since and line["open_count"] + line["won_count"]) or line["open_count"]]  # fmt: skip


class Forecast(ListPage):
    """Each figure leads to the list of which it is the sum."""

    permission = "opportunities:read"
    title = _("Forecast")
    parents = [(_("Pipeline"), "pipeline")]
    template_name = "managers/sales/forecast.html"
    fragment_name = "managers/sales/_forecast.html"
    queryset = Opportunity.objects.all()
    filterset_class = BoardFilter
    exportable = False
    actions = [Action(_("List"), "pipeline", icon="list"), Action(_("Board"), "pipeline_board", icon="layout-kanban")]
    empty = Empty(_("Nothing is expected"), _("What is open and won stands here by month."), icon="calendar-stats")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [line | self.links(line) for line in forecast(self.rows, timezone.localdate())]
        framed = {
            "has_filters": True,
            "chips": self.chips(),
            "fragment_name": self.fragment_name,
            "lines": lines,
            "empty": self.empty,
        }
        return super(ListPage, self).get_context_data(**framed | kwargs)

    def links(self, line: dict[str, Any]) -> dict[str, str]:
        """Within the days that were asked for."""
        asked, first = self.request.GET.copy(), line["month"]
        last = first.replace(day=monthrange(first.year, first.month)[1])
        form = self.filterset.form
        days = form.cleaned_data.get("close_on") if form.is_valid() else None
        if days and days.start:
            first = max(first, days.start.date())
        if days and days.stop:
            last = min(last, days.stop.date())
        for name, value in {"currency": line["currency"], "close_on_after": first, "close_on_before": last}.items():
            asked[name] = str(value)
        url = reverse("pipeline")
        return {"open_url": f"{url}?{asked.urlencode()}&which=open", "won_url": f"{url}?{asked.urlencode()}&stage=won"}
