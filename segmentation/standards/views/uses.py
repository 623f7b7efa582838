"""The history of uses, and the report of use per benefit, tier and branch."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.pages import Empty, ListPage, Page
from customers.forms import SpanForm
from segmentation.migration.figures import counts_all
from segmentation.models import EntitlementUse
from segmentation.standards.filters import UseFilter
from segmentation.standards.periods import Period
from segmentation.standards.report import Reported, report
from segmentation.standards.tables import UseTable


class UseList(ListPage):
    permission = "entitlement-uses:read"
    title = gettext_lazy("Uses of benefits")
    queryset = EntitlementUse.objects.with_undone().select_related("customer", "benefit", "tier", "by")
    filterset_class = UseFilter
    table_class = UseTable
    ordering_fields = {"used_on": "used_on"}
    ordering = "-used_on"
    empty = Empty(
        gettext_lazy("No use yet"),
        gettext_lazy("Who serves a customer records a use on their page, under Entitlements."),
        icon="star",
    )


class BenefitReport(Page):
    """`?since=` and `?through=`; without them the year so far. Over the whole book for an admin, else within the reach."""

    permission = "benefit-report:read"
    title = gettext_lazy("Use of benefits")
    parents = [(gettext_lazy("Service standards"), "service_standards")]
    template_name = "segmentation/standards/report.html"

    @cached_property
    def form(self) -> SpanForm:
        today = timezone.localdate()
        year_so_far = {"since": str(Period.YEAR.around(today)[0]), "through": str(today)}
        asked = {name: self.request.GET[name] for name in year_so_far if name in self.request.GET}
        return SpanForm(year_so_far | asked)

    @cached_property
    def report(self) -> list[Reported]:
        """Nothing where the days are wrong."""
        days = self.form.cleaned_data if self.form.is_valid() else None
        return report(self.request.user, days["since"], days["through"]) if days else []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.GET.get("export", "")
        if kind in EXPORTS and self.form.is_valid():
            rows = list(lines(self.report))
            asked = {name: str(day) for name, day in self.form.cleaned_data.items()}
            signals.exported.send(
                EntitlementUse, user=request.user, what=f"benefit report.{kind}", rows=len(rows) - 1, parameters=asked
            )
            return file_of(kind, rows, title=str(self.title), name="benefits")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"form": self.form, "report": self.report, "counts_whole": counts_all(self.request.user)}
        days = self.form.cleaned_data if self.form.is_valid() else {}
        return super().get_context_data(**context | days | kwargs)


def lines(found: list[Reported]) -> Iterator[list[Any]]:
    """A header, then of each benefit a line in all, one per tier and one per branch."""
    yield [str(head) for head in (_("Benefit"), _("Tier"), _("Branch"), _("Number of uses"), _("Number of customers"))]
    for each in found:
        yield [each.benefit, "", "", each.uses, each.customers]
        yield from ([each.benefit, name, "", uses, None] for name, uses in each.tiers.items())
        yield from ([each.benefit, "", name, uses, None] for name, uses in each.branches.items())
