"""The waiver ledger against the fee feed, and the charges behind each line."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django_tables2 import Column

from crm.base.pages import Empty, ListPage, Page
from crm.base.pages.access import Crumb
from crm.base.tables import DateColumn, MoneyColumn, Table
from crm.identity.models import User
from customers.models import FeeCharge
from segmentation.migration.figures import counts_all
from segmentation.models import Published
from segmentation.reconciliation.differences import Difference
from segmentation.reconciliation.filters import ChargeFilter
from segmentation.reconciliation.services import charges_of, controls, data_month, lines, with_difference

MONTHS = 24


class OfMonth:
    """`?month=2026-03`; without one the data date's."""

    request: Any

    @cached_property
    def month(self) -> date:
        try:
            return date.fromisoformat(f"{self.request.GET.get('month', '')}-01")
        except ValueError:
            return data_month()


class ReconciliationPage(OfMonth, Page):
    permission = "waiver-reconciliation:read"
    title = gettext_lazy("Reconciliation")
    template_name = "segmentation/reconciliation/page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = lines(self.month, self.request.user)
        published = Published.objects.first()
        context = {
            "month": self.month,
            "months": list(self.months()),
            "lines": found,
            "out_of_balance": [line for line in found if not line.balances],
            "differences": sum(line.differences for line in found),
            "controls": controls(self.month) if self.sees_whole_feed else [],
            "as_of": published.business_date if published else None,
        }
        return super().get_context_data(**context | kwargs)

    @property
    def sees_whole_feed(self) -> bool:
        """The control figures are of the whole bank's feed, which a branch head can't compare with anything."""
        return self.request.user.role != User.Role.HEAD

    def months(self) -> Any:
        """The newest first."""
        newest = data_month()
        year, month = newest.year, newest.month
        for back in range(MONTHS):
            years, place = divmod(year * 12 + month - 1 - back, 12)
            yield date(years, place + 1, 1)


class ChargeTable(Table):
    """`is_masked`: who sees no customer sees no account either."""

    charged_on = DateColumn()
    number = Column(verbose_name=gettext_lazy("Charge"))
    account = Column()
    fee = Column()
    amount = MoneyColumn(exact=True, currency="account__currency")
    waived = MoneyColumn(exact=True, currency="account__currency")
    difference = Column(verbose_name=gettext_lazy("Difference"), empty_values=())

    class Meta:
        model = FeeCharge
        fields = ("charged_on", "number", "account", "fee", "amount", "waived", "difference")

    def __init__(self, *args: Any, is_masked: bool = False, **kwargs: Any) -> None:
        self.is_masked = is_masked
        super().__init__(*args, **kwargs)

    def render_account(self, value: Any) -> str:
        return "–" if self.is_masked else str(value)

    def value_account(self, value: Any) -> str:
        return "" if self.is_masked else str(value)

    def render_difference(self, value: str) -> str:
        return str(Difference(value).label) if value else "–"


class ReconciledCharges(OfMonth, ListPage):
    permission = "waiver-reconciliation:read"
    title = gettext_lazy("Charges")
    queryset = FeeCharge.objects.select_related("account", "fee")
    filterset_class = ChargeFilter
    table_class = ChargeTable
    ordering_fields = {"charged_on": "charged_on"}
    ordering = "-charged_on"
    empty = Empty(gettext_lazy("No charges"), gettext_lazy("The feed brought none in this month."))

    def get_queryset(self) -> QuerySet:
        return with_difference(charges_of(self.month, self.request.user).select_related("account", "fee"))

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(gettext_lazy("Reconciliation"), f"{reverse('reconciliation')}?month={self.month:%Y-%m}")]

    def table_options(self) -> dict[str, Any]:
        return {"is_masked": counts_all(self.request.user)}
