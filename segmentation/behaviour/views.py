"""The report of recency and frequency."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.money import rounded
from crm.base.pages import Page
from segmentation.behaviour.matrix import ALL, UNKNOWN, Cell, Matrix, matrices
from segmentation.behaviour.reading import FIFTHS, last_day
from segmentation.models import Behaviour
from segmentation.night.months import known_month

MEASURES = {"customers": gettext_lazy("Customers"), "turnover": gettext_lazy("Average turnover")}
NAMES: dict[str, str | Promise] = {str(fifth): name for fifth, name in FIFTHS.items() if fifth} | {
    UNKNOWN: gettext_lazy("Unknown"),
    ALL: gettext_lazy("All"),
}


class RfmPage(Page):
    """Each cell leads to its rule: an admin to a new segment of it, who may try rules to its count."""

    permission = "rfm:read"
    title = gettext_lazy("Recency and frequency")
    template_name = "segmentation/behaviour/rfm.html"

    @cached_property
    def month(self) -> date | None:
        """The newest closed one."""
        return known_month()

    @cached_property
    def matrices(self) -> list[Matrix]:
        return matrices(month=self.month, user=self.request.user) if self.month else []

    @property
    def measure(self) -> str:
        named = self.request.GET.get("measure", "")
        return named if named in MEASURES else "customers"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("export") in EXPORTS and self.matrices:
            return self.export(request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "drawn": [(each, [NAMES[side] for side in each.columns], list(self._rows(each))) for each in self.matrices],
            "as_of": last_day(self.month) if self.month else None,
            "measure": self.measure,
            "measures": list(MEASURES.items()),
            "measured": MEASURES[self.measure],
        }
        return super().get_context_data(**context | kwargs)

    def _rows(self, matrix: Matrix) -> Iterator[tuple[Any, list[tuple[Cell, str]]]]:
        for recency, cells in matrix.lines():
            yield NAMES[recency], [(cell, self._address(matrix, cell)) for cell in cells]

    def _address(self, matrix: Matrix, cell: Cell) -> str:
        if cell.rule is None or not cell.customers:
            return ""
        asked = {"kind": matrix.kind, "rule": json.dumps(cell.rule)}
        if self.may("drafts:write"):
            return f"{reverse('segment_begin')}?{urlencode(asked)}"
        return f"{reverse('rules')}?{urlencode(asked | {'purpose': 'segment'})}" if self.may("rules:read") else ""

    def export(self, kind: str) -> HttpResponseBase:
        rows = list(lines(self.matrices))
        asked = {"month": str(self.month)}
        signals.exported.send(
            Behaviour, user=self.request.user, what=f"rfm.{kind}", rows=len(rows) - 1, parameters=asked
        )
        return file_of(kind, rows, title=str(self.title), name="rfm")


def lines(found: list[Matrix]) -> Iterator[list[Any]]:
    """A header, then a line per cell that holds somebody, margins among them; a hidden amount is empty and says so."""
    heads = (_("kind"), _("recency fifth"), _("frequency fifth"), *MEASURES.values(), _("currency"), _("note"))
    yield [capfirst(str(head)) for head in heads]
    for matrix in found:
        for cell in matrix.cells.values():
            if cell.customers:
                amount = cell.amounts["turnover"]
                shown = None if amount is None else rounded(amount, matrix.currency)
                note = _("hidden: it would tell of a few customers") if cell.is_hidden else ""
                sides = [str(NAMES[side]) for side in (cell.recency, cell.frequency)]
                yield [matrix.label, *sides, cell.customers, shown, matrix.currency, note]
