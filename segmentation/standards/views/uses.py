"""The history of uses, and the report of use per benefit, tier and branch."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from crm.base.pages import Empty, ListPage, Page
from segmentation.migration.figures import counts_all
from segmentation.models import EntitlementUse
from segmentation.standards.filters import UseFilter
from segmentation.standards.periods import Period
from segmentation.standards.report import ReportForm, report
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        first: dict[str, Any] = {"since": Period.YEAR.around(today)[0], "through": today}
        form = ReportForm(self.request.GET or None, initial=first)
        days = dict(form.cleaned_data) if form.is_bound and form.is_valid() else first
        user = self.request.user
        found = report(user, days["since"], days["through"])
        context = {"form": form, "report": found, "counts_whole": counts_all(user)}
        return super().get_context_data(**context | days | kwargs)
