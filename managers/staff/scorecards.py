"""The scorecard of a manager on pages: the figures, the rows of each, and the closing of a year."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, ListPage, Page
from crm.base.pages.access import Crumb
from customers.models import Customer
from managers.books.views.managers import BOOKS, OfBook, OfManager
from managers.models import Scorecard
from managers.staff.filters import ScorecardFilter
from managers.staff.scoring import FIRST_YEAR, Score, close_year, figures, kept, reckon, rows_of_figure
from managers.staff.tables import ScorecardTable, figure_columns


class ScorecardList(ListPage):
    permission = "scorecards:read"
    title = _("Scorecards")
    parents = [BOOKS]
    queryset = Scorecard.objects.select_related("manager__branch", "closed_by")
    filterset_class = ScorecardFilter
    table_class: ClassVar[Any] = ScorecardTable
    ordering_fields = {"year": "year"}
    ordering = "-year"
    empty = Empty(
        _("No year was closed yet"),
        _("A branch head closes the year of a manager on their scorecard; what it came to is kept here."),
        icon="report-analytics",
    )

    def table_options(self) -> dict[str, Any]:
        return {"extra_columns": figure_columns()}


class OfYear(OfManager):
    """About a manager and a year, this one unless `?year=` says another."""

    @cached_property
    def year(self) -> int:
        text, this = self.request.GET.get("year", ""), timezone.localdate().year
        year = int(text) if text.isascii() and text.isdigit() and len(text) == len(str(this)) else this
        if not FIRST_YEAR <= year <= this or (text and str(year) != text):
            raise Http404
        return year

    def address(self, name: str, *args: Any, year: int | None = None) -> str:
        return f"{reverse(name, args=[self.manager.pk, *args])}?year={year or self.year}"


class ScorecardPage(OfYear, Page):
    permission = "scorecards:read"
    template_name = "managers/staff/scorecard.html"

    @cached_property
    def card(self) -> Scorecard | None:
        rows = Scorecard.objects.filter(manager=self.manager.pk, year=self.year)
        return rows.select_related("closed_by").first()

    def get_title(self) -> str:
        return _("%(manager)s in %(year)s") % {"manager": self.manager, "year": self.year}

    def get_actions(self) -> list[Action]:
        if self.card or self.year >= timezone.localdate().year or not self.may("scorecards:write"):
            return []
        return [Action(_("Close the year"), self.address("scorecard_close"), icon="lock", dialog=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        scores = kept(self.card) if self.card else reckon([self.manager.pk], self.year, today)[self.manager.pk]
        tiles = [{"score": score, "url": self.address("scorecard_figure", score.figure.code)} for score in scores]
        shown = {
            "manager": self.manager,
            "card": self.card,
            "tiles": tiles,
            "year": self.year,
            "today": today,
            "before": self.address("manager_scorecard", year=self.year - 1),
            "after": self.address("manager_scorecard", year=self.year + 1) if self.year < today.year else "",
        }
        return super().get_context_data(**shown | kwargs)


class ScorecardRows(OfYear, Page):
    """The rows of a figure; customers who are out of reach since are one line, so that the sums are those of the figure."""

    permission = "scorecards:read"
    template_name = "managers/staff/scorecard_rows.html"

    @cached_property
    def figure(self) -> Any:
        found = figures().get(self.kwargs["figure"])
        if found is None:
            raise Http404
        return found

    def get_title(self) -> str:
        return _("%(figure)s of %(manager)s in %(year)s") % {"figure": self.figure.label, "manager": self.manager, "year": self.year}  # fmt: skip

    def get_crumbs(self) -> list[Crumb]:
        own = Crumb(_("Scorecard"), self.address("manager_scorecard"))
        return [*super().get_crumbs(), own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sums: dict[int, list[Decimal]] = {}
        for row in rows_of_figure(self.figure, [self.manager.pk], self.year, timezone.localdate()):
            of = sums.setdefault(row["customer_id"], [Decimal(0), Decimal(0)])
            of[0], of[1] = of[0] + row["part"], of[1] + row["whole"]
        seen = Customer.objects.open_to(self.request.user).filter(pk__in=sums).order_by("sort_key", "pk")
        total = Score(self.figure, *(sum((each[place] for each in sums.values()), Decimal(0)) for place in (0, 1)))
        lines = [(customer, *sums.pop(customer.pk)) for customer in seen]
        away = [sum((each[place] for each in sums.values()), Decimal(0)) for place in (0, 1)]
        shown = {"figure": self.figure, "lines": lines, "away": away, "away_count": len(sums), "total": total}
        # the address says `figure` too, by its code
        return super().get_context_data(**kwargs | shown | {"currency": settings.CRM_BASE_CURRENCY})


class CloseYear(OfYear, OfBook):
    permission = "scorecards:write"
    title = _("Close the year")
    submit = _("Close the year")
    intro = _("The figures are kept as they are now, and change no more.")
    form_class = forms.Form
    done = _("The year is closed.")

    def get_success_url(self) -> str:
        return self.address("manager_scorecard")

    def perform(self, form: forms.BaseForm) -> Scorecard:
        return close_year(manager=self.manager, year=self.year, by=self.request.user, at=timezone.now())
