"""The tier migration report between two dates, and the customers behind each cell."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.money import rounded
from crm.base.pages import Empty, ListPage, Page
from crm.base.pages.access import Crumb, Text
from crm.base.templatetags.frame import day
from customers.models import Customer
from segmentation.decisions.views import day_of
from segmentation.explain import latest_day
from segmentation.migration.figures import asked, counts_all
from segmentation.migration.forms import MEASURES, DatesForm, usual_dates
from segmentation.migration.matrix import ALL, AMOUNTS, LOST, NEW, Matrix, Report, report
from segmentation.migration.tables import MovedTable, PseudonymTable
from segmentation.models import Published, Tier, TierPeriod

PERMISSION = "tier-migration:read"


class MigrationPage(Page):
    permission = PERMISSION
    title = gettext_lazy("Tier migration")
    template_name = "segmentation/migration.html"

    @cached_property
    def published(self) -> Published | None:
        return Published.objects.first()

    @cached_property
    def form(self) -> DatesForm | None:
        """None before the first published night."""
        if self.published is None:
            return None
        usual = usual_dates(self.published.business_date)
        typed = {name: self.request.GET.get(name) or value for name, value in usual.items()}
        return DatesForm(typed, last=latest_day() or self.published.business_date)

    @cached_property
    def report(self) -> Report | None:
        if self.form is None or not self.form.is_valid():
            return None
        dates = self.form.cleaned_data
        return report(
            opening=asked(dates["opening"], self.published),
            closing=asked(dates["closing"], self.published),
            user=self.request.user,
        )

    @property
    def measure(self) -> str:
        named = self.request.GET.get("measure", "")
        return named if named in MEASURES else "customers"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("export") in EXPORTS and self.report is not None:
            return self.export(request.GET["export"], self.report)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            form=self.form,
            report=self.report,
            measure=self.measure,
            measures=list(MEASURES.items()),
            measured=MEASURES[self.measure],
            **kwargs,
        )

    def export(self, kind: str, found: Report) -> HttpResponseBase:
        rows = list(lines(found))
        dates = {"opening": str(found.opening.day), "closing": str(found.closing.day)}
        signals.exported.send(
            TierPeriod, user=self.request.user, what=f"tier migration.{kind}", rows=len(rows) - 1, parameters=dates
        )
        return file_of(kind, rows, title=str(self.title), name="tier-migration")


def lines(found: Report) -> Iterator[list[Any]]:
    """A header, then a line per cell that holds somebody, margins among them; a hidden amount is empty and says so."""
    heads = (
        _("kind"),
        _("tier at the opening"),
        _("tier at the closing"),
        *MEASURES.values(),
        _("currency"),
        _("note"),
    )
    yield [capfirst(str(head)) for head in heads]
    for matrix in found.matrices:
        yield from _lines(matrix)


def _lines(matrix: Matrix) -> Iterator[list[Any]]:
    columns = {side.code: side.name for side in matrix.columns}
    for row, cells in matrix.lines():
        for cell in cells:
            if cell.customers:
                amounts = [cell.amounts[name] for name in AMOUNTS]
                shown = [None if amount is None else rounded(amount, matrix.currency) for amount in amounts]
                note = _("hidden: it would tell of a few customers") if cell.is_hidden else ""
                yield [matrix.label, row.name, columns[cell.closed], cell.customers, *shown, matrix.currency, note]


class MovedList(ListPage):
    """Who went from one tier to the other: by name in reach, by pseudonym for who sees no customer."""

    permission = PERMISSION
    queryset = Customer.objects.select_related("branch", "manager")
    ordering = ""
    empty = Empty(gettext_lazy("Nobody"), gettext_lazy("No customer in your reach went this way."))

    @cached_property
    def dates(self) -> tuple[date, date]:
        published = Published.objects.first()
        if published is None:
            raise Http404
        usual = usual_dates(published.business_date)
        opening, closing = (day_of(self.request.GET.get(name) or str(usual[name])) for name in usual)
        if opening is None or closing is None:
            raise Http404
        return opening, closing

    @property
    def scoped(self) -> bool:  # type: ignore[override]
        return not counts_all(self.request.user)

    @property
    def table_class(self) -> Any:  # type: ignore[override]
        return MovedTable if self.scoped else PseudonymTable

    def get_queryset(self) -> QuerySet:
        opening, closing = self.dates
        kind = self.request.GET.get("kind") or Customer.Kind.PERSON
        if kind not in Customer.Kind.values:
            raise Http404
        rows = super().get_queryset().filter(kind=kind)
        ends = [(opening, self.request.GET.get("before", ALL)), (closing, self.request.GET.get("after", ALL))]
        for on, code in ends:
            standing = TierPeriod.objects.holding(on)
            if code in (NEW, LOST):
                rows = rows.exclude(pk__in=standing.values("customer_id"))
            elif code != ALL:
                rows = rows.filter(pk__in=standing.filter(tier__code=code).values("customer_id"))
        if {code for _on, code in ends} <= {ALL, NEW, LOST}:
            both = TierPeriod.objects.holding(opening) | TierPeriod.objects.holding(closing)
            rows = rows.filter(pk__in=both.values("customer_id"))
        return rows

    def get_title(self) -> Text:
        names = dict(Tier.objects.order_by("rank").values_list("code", "name"))
        names |= {NEW: _("New"), LOST: _("Lost"), ALL: _("All")}
        words = {end: names.get(self.request.GET.get(end, ALL), "?") for end in ("before", "after")}
        return _("%(before)s → %(after)s") % words

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        between = format_html("{} – {}", *map(day, self.dates))
        return super().get_context_data(subtitle=between, **kwargs)

    def get_crumbs(self) -> list[Crumb]:
        query = f"?opening={self.dates[0]}&closing={self.dates[1]}"
        return [Crumb(gettext_lazy("Tier migration"), f"{reverse('tier_migration')}{query}")]
