"""What became of the suggestions of a month."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.pages import Action, Page
from segmentation.decisions.views import day_of
from segmentation.migration.figures import counts_all
from segmentation.models import Suggestion
from segmentation.next_product.results import Line, Results, months, outcomes, results


class ResultsPage(Page):
    """Product by product, for the newest closed month or that of `?month=`; what nobody said has no column."""

    permission = "next-products:read"
    title = gettext_lazy("Next product")
    template_name = "segmentation/next_product/results.html"
    actions = [Action(gettext_lazy("Answers"), "product_answers", icon="list", permission="product-answers:read")]

    @cached_property
    def months(self) -> list[date]:
        return months()

    @cached_property
    def results(self) -> Results | None:
        asked = day_of(self.request.GET.get("month", ""))
        month = asked if asked in self.months else next(iter(self.months), None)
        return results(month, self.request.user) if month else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("export") in EXPORTS and self.results:
            return self.export(request.GET["export"], self.results)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.results
        told = [each for each in outcomes() if found and any(line.cells[each[0]] != 0 for line in found.lines)]
        rows = [(line, [line.cells[code] for code, _label in told]) for line in found.lines] if found else []
        counts_whole = counts_all(self.request.user)
        context = {"months": self.months, "results": found, "rows": rows, "outcomes": told}
        return super().get_context_data(**context, counts_whole=counts_whole, **kwargs)

    def export(self, kind: str, found: Results) -> HttpResponseBase:
        rows = list(lines(found))
        asked = {"month": str(found.month)}
        signals.exported.send(
            Suggestion, user=self.request.user, what=f"next products.{kind}", rows=len(rows) - 1, parameters=asked
        )
        return file_of(kind, rows, title=str(self.title), name=f"next-products-{found.month:%Y-%m}")


def lines(found: Results) -> Iterator[list[Any]]:
    """A header, then a line per product; what is hidden is empty."""
    heads = [_("Product"), _("Suggested"), _("Offered"), _("Rate, %"), _("from"), _("to")]
    yield [*map(str, heads), *(str(label) for _code, label in outcomes())]
    for line in found.lines:
        yield [*_head(line), *(line.cells[code] for code, _label in outcomes())]


def _head(line: Line) -> list[Any]:
    return [line.name, line.suggested, line.offered, line.rate, *(line.interval or (None, None))]
