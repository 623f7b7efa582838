"""What branches and tiers are worth, and the same as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.money import rounded
from crm.base.pages import Page
from segmentation.models import ValueYear
from segmentation.value.report import AMOUNTS, Grid, Report, report

MEASURES = {
    "customers": gettext_lazy("Customers"),
    "value": gettext_lazy("Value per year"),
    "margin": gettext_lazy("Margins"),
    "fees": gettext_lazy("Fees net of waivers"),
    "costs": gettext_lazy("Costs and losses"),
}


class ValueReport(Page):
    permission = "value-report:read"
    title = gettext_lazy("Value by branch and tier")
    template_name = "segmentation/value/report.html"

    @cached_property
    def report(self) -> Report | None:
        return report(self.request.user)

    @property
    def measure(self) -> str:
        named = self.request.GET.get("measure", "")
        return named if named in MEASURES else "value"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.GET.get("export", "")
        if kind in EXPORTS and self.report is not None:
            rows = list(lines(self.report))
            asked = {"month": str(self.report.month)}
            signals.exported.send(
                ValueYear, user=self.request.user, what=f"value report.{kind}", rows=len(rows) - 1, parameters=asked
            )
            return file_of(kind, rows, title=str(self.title), name="value")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measured = {"measure": self.measure, "measures": list(MEASURES.items()), "measured": MEASURES[self.measure]}
        return super().get_context_data(report=self.report, **measured, **kwargs)


def lines(found: Report) -> Iterator[list[Any]]:
    """A header, then a line per cell that holds somebody, margins among them; a hidden amount is empty and says so."""
    heads = (
        _("kind"),
        _("branch"),
        _("tier"),
        MEASURES["customers"],
        *(MEASURES[name] for name in AMOUNTS),
        _("currency"),
    )
    yield [*(capfirst(str(head)) for head in heads), capfirst(_("not known")), capfirst(_("note"))]
    for grid in found.grids:
        yield from _lines(grid)


def _lines(grid: Grid) -> Iterator[list[Any]]:
    for row, cells in grid.lines():
        for column, cell in zip(grid.columns, cells, strict=True):
            if cell.customers:
                amounts = [cell.amounts[name] for name in AMOUNTS]
                shown = [None if amount is None else rounded(amount, grid.currency) for amount in amounts]
                note = _("hidden: it would tell of a few customers") if cell.is_hidden else ""
                yield [grid.label, row.name, column.name, cell.customers, *shown, grid.currency, cell.unknown, note]
