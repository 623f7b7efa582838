from datetime import timedelta
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.tables import DateColumn, NameColumn, Numeric, Table
from crm.base.templatetags.frame import day, money
from customers.models import Customer
from managers.models import Target


def shown(amount: Any, currency: str) -> str:
    """Money, or a count."""
    return money(amount, currency) if currency else f"{amount:,.0f}"


class AmountColumn(Numeric):
    def render(self, value: Any, record: Any) -> str:
        return shown(value, record.currency)

    def value(self, value: Any) -> Any:
        return value


class LastDayColumn(DateColumn):
    """Of a period whose `until` is the first day after."""

    def render(self, value: Any) -> str:
        return day(value - timedelta(days=1))


class CountedTable(Table):
    """Customers with `amount`, `currency` and `sales`."""

    name = NameColumn(verbose_name=_("Customer"))
    sales = tables.Column(verbose_name=_("Products sold"), empty_values=())
    amount = AmountColumn(verbose_name=pgettext_lazy("a target", "Reached"))

    class Meta:
        model = Customer
        fields = ("name", "sales", "amount")
        sequence = fields

    def row_url(self, record: Any) -> str:
        return reverse("customer", args=[record.pk])

    def render_sales(self, value: Any) -> str:
        links = ((reverse("opportunity", args=[each.pk]), each.product) for each in value)
        return format_html_join(", ", '<a class="text-decoration-underline" href="{}">{}</a>', links) or "–"

    def value_sales(self, value: Any) -> str:
        return ", ".join(str(each.product) for each in value)


class TargetTable(Table):
    """Rows that have `done` and `share`."""

    whom = tables.Column(accessor="pk", verbose_name=_("Whose"))
    kind = tables.Column()
    product = tables.Column(default="–")
    since = DateColumn()
    until = LastDayColumn(verbose_name=_("Through"))
    amount = AmountColumn()
    done = AmountColumn(verbose_name=pgettext_lazy("a target", "Reached"))
    share = Numeric(verbose_name=_("Share"))
    currency = tables.Column(default="–")
    hidden = ("currency",)

    class Meta:
        model = Target
        fields = ("whom", "kind", "product", "since", "until", "amount", "done", "share", "currency")
        sequence = fields

    def row_url(self, record: Any) -> str:
        return reverse("target", args=[record.pk])

    def render_whom(self, record: Any) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.url_of(record), record.whom)

    def value_whom(self, record: Any) -> str:
        return str(record.whom)

    def render_share(self, value: Any) -> str:
        return f"{value} %"

    def value_share(self, value: Any) -> Any:
        return value
