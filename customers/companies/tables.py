from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from crm.base.tables import DateColumn, LinkColumn, NameColumn, Numeric, Table
from customers.companies.wording import share_said
from customers.models import CompanyGroup, Customer, FigureKind


class CompanyTable(Table):
    name = NameColumn()
    number = tables.Column()
    kind = tables.Column()
    group = tables.Column(accessor="group_name", verbose_name=pgettext_lazy("of companies", "Group"), default="–")
    alarm_count = Numeric(verbose_name=_("Alerts"))
    renewal_on = DateColumn(verbose_name=_("Next renewal"), default="–")
    manager = tables.Column(default="–")
    branch = tables.Column(default="–")
    hidden = ("kind",)

    class Meta:
        model = Customer
        fields = ("name", "number", "kind", "group", "alarm_count", "renewal_on", "manager", "branch")

    def row_url(self, record: Customer) -> str:
        return f"{reverse('customer', args=[record.pk])}?tab=company"

    def render_alarm_count(self, value: int) -> Any:
        return ngettext("%(n)s alert", "%(n)s alerts", value) % {"n": value} if value else "–"


class CompanyGroupTable(Table):
    name = LinkColumn()
    number = tables.Column()
    member_count = Numeric(verbose_name=_("Members"))

    class Meta:
        model = CompanyGroup
        fields = ("name", "number", "member_count")

    def row_url(self, record: CompanyGroup) -> str:
        return reverse("company_group", args=[record.pk])


class FigureKindTable(Table):
    """Rows that lead to the thresholds, for who may change them."""

    figure = LinkColumn(accessor="pk", verbose_name=_("Figure"))
    code = tables.Column()
    section = tables.Column()
    unit = tables.Column()
    falls_by = Numeric(default="–")
    rises_by = Numeric(default="–")

    class Meta:
        model = FigureKind
        fields = ("figure", "code", "section", "unit", "falls_by", "rises_by")

    def row_url(self, record: FigureKind) -> str:
        may = self.request.user.may("figure-kinds:write")
        return reverse("figure_kind", args=[record.pk]) if may else ""

    def render_figure(self, record: FigureKind) -> Any:
        column: Any = self.base_columns["figure"]
        return column.render(str(record), record, self)

    def value_figure(self, record: FigureKind) -> str:
        return str(record)

    def render_falls_by(self, value: Decimal) -> str:
        return share_said(value)

    def render_rises_by(self, value: Decimal) -> str:
        return share_said(value)
