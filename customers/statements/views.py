"""Statements at any branch: one prints them, and a list says who printed what."""

from datetime import date
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Empty, ListPage
from customers.models import StatementPrint
from customers.statements.filters import StatementFilter
from customers.statements.forms import PrintForm, language_of, last_month, periods
from customers.statements.services import booked_through, print_statement
from customers.statements.tables import StatementTable
from customers.views.change import ChangePage


class StatementList(ListPage):
    permission = "statements:read"
    title = _("Statements")
    queryset = StatementPrint.objects.select_related("customer", "account", "by", "branch")
    filterset_class = StatementFilter
    table_class = StatementTable
    ordering_fields = {"printed_at": "printed_at"}
    ordering = "-printed_at"
    empty = Empty(_("No statement was printed"), _("Print one on the page of a customer, under Holdings."))


class PrintStatement(ChangePage):
    """POST answers with the PDF: each is a print of its own, and the next one a copy."""

    permission = "statements:write"
    title = _("Print a statement")
    submit = _("Print")
    form_class = PrintForm
    template_name = "customers/statements/print.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"customer": self.customer}

    @cached_property
    def today(self) -> date:
        """The last day that a statement can tell of."""
        return booked_through(timezone.localdate())

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        since, until = last_month(self.today)
        return {
            "account": asked.get("account"),
            "since": _day(asked.get("since")) or since,
            "until": _day(asked.get("until")) or until,
            "language": language_of(self.customer),
        }

    def perform(self, form: BaseForm) -> tuple[StatementPrint, bytes]:
        return print_statement(customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        if form.errors:
            return response
        printed, pdf = self.result
        named = {"Content-Disposition": f'inline; filename="{printed.number}.pdf"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=named)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log = StatementPrint.objects.filter(customer=self.customer).select_related("account", "by", "branch")
        return super().get_context_data(periods=periods(self.today), prints=log[:5], opens_new=True, **kwargs)


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
