from typing import Any

import django_tables2 as tables
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.tables import DateColumn, MoneyColumn, NameColumn, Numeric, Table
from crm.base.templatetags.frame import money, tag, tier_badge
from customers.models import Customer
from managers.books.tables import share_used
from managers.leading.figures import BookFigure, book_figures
from managers.leading.sides import Cadence
from managers.models import Manager

LINK = '<a class="text-decoration-underline" href="{}">{}</a>'


class SumsColumn(Numeric):
    """Money by currency, each a line, as a link to the rows of which it is the sum."""

    def __init__(self, *args: Any, url: str = "", **kwargs: Any) -> None:
        self.url = url
        super().__init__(*args, empty_values=(), **kwargs)

    def render(self, value: Any, record: Any, table: Any) -> str:
        if not value:
            return "–"
        url = getattr(table, self.url)(record)
        lines = ((url, money(amount, currency)) for currency, amount in sorted(value.items()))
        return format_html_join(SafeString("<br>"), LINK, lines)

    def value(self, value: Any) -> str:
        return ", ".join(f"{amount} {currency}" for currency, amount in sorted((value or {}).items()))


class ToldColumn(Numeric):
    """What another app tells of the book, as a link to its rows."""

    def __init__(self, figure: BookFigure) -> None:
        super().__init__(accessor="side__more", verbose_name=figure.label, empty_values=())
        self.code = figure.code

    def render(self, value: Any) -> str:
        told = value.get(self.code)
        return format_html(LINK, told.url, told.shown) if told else "–"

    def value(self, value: Any) -> str:
        return str(value[self.code].value) if self.code in value else ""


def told_columns() -> list[tuple[str, Numeric]]:
    return [(figure.code, ToldColumn(figure)) for figure in book_figures()]


class BooksTable(Table):
    """Rows that lead to the page of the manager; figures that lead to their rows."""

    name = tables.Column(accessor="pk", verbose_name=_("Manager"))
    branch = tables.Column(default="–")
    customers = Numeric(accessor="side__customers", verbose_name=_("Customers"))
    tiers = tables.Column(accessor="side__tiers", verbose_name=_("Tiers"), empty_values=())
    balance = SumsColumn(accessor="side__balance", verbose_name=_("Balances"), url="book_url")
    value = SumsColumn(accessor="side__value", verbose_name=_("Revenue a year"), url="book_url")
    cadence = Numeric(accessor="side__cadence", verbose_name=_("Cadence"), default="–")
    pipeline = SumsColumn(accessor="side__pipeline", verbose_name=_("Pipeline"), url="pipeline_url")
    load = Numeric(verbose_name=_("Load"))
    capacity = Numeric(verbose_name=_("Capacity"))
    used = Numeric(accessor="load", verbose_name=_("Used"))
    moves = Numeric(accessor="side", verbose_name=pgettext_lazy("suggested", "Moves"), empty_values=())
    managed = Numeric(verbose_name=_("Managed"))
    away_until = DateColumn(verbose_name=_("Back on"), default="–")
    hidden = ("branch", "load", "capacity", "managed", "away_until")

    class Meta:
        model = Manager
        fields = ("name", "branch", "customers", "tiers", "balance", "value", "cadence", "pipeline", "load", "capacity",
                  "used", "moves", "managed", "away_until")  # fmt: skip
        sequence = (*fields[:7], "...", *fields[7:])

    def row_url(self, record: Any) -> str:
        return reverse("manager", args=[record.pk])

    def book_url(self, record: Any) -> str:
        return reverse("manager_book", args=[record.pk])

    def pipeline_url(self, record: Any) -> str:
        return f"{reverse('pipeline')}?{urlencode({'owner': record.username, 'which': 'open'})}"

    def render_name(self, record: Any) -> str:
        name = format_html('<a class="name" href="{}">{}</a>', self.row_url(record), record)
        if not record.away_until:
            return name
        return format_html("{}<br>{}", name, tag(pgettext_lazy("a manager", "away"), "orange"))

    def value_name(self, record: Any) -> str:
        return str(record)

    def render_customers(self, value: int, record: Any) -> str:
        return format_html(LINK, self.book_url(record), f"{value:,}")

    def value_customers(self, value: int) -> int:
        return value

    def render_tiers(self, value: Any) -> str:
        parts = ((count, tier_badge(name, code)) for code, name, count in value or ())
        return format_html_join(" ", '<span class="text-nowrap">{} {}</span>', parts) or "–"

    def value_tiers(self, value: Any) -> str:
        return ", ".join(f"{name} {count}" for _code, name, count in value or ())

    def cadence_url(self, record: Any, **narrowed: str) -> str:
        return f"{reverse('cadence')}?{urlencode({'manager': record.username} | narrowed)}"

    def render_cadence(self, value: Cadence, record: Any) -> str:
        """What is not overdue, as the report of the plan has it, and how much is."""
        shown = [(self.cadence_url(record), f"{value.share} %")]
        if value.overdue:
            said = _("%(count)s overdue") % {"count": f"{value.overdue:,}"}
            shown.append((self.cadence_url(record, state="overdue"), said))
        return format_html_join(SafeString("<br>"), LINK, shown)

    def value_cadence(self, value: Cadence) -> int:
        return value.share

    def render_used(self, record: Any) -> str:
        return format_html("{} %", share_used(record))

    def value_used(self, record: Any) -> int:
        return share_used(record)

    def render_moves(self, value: Any, record: Any) -> str:
        """How many would come, and how many would go."""
        ways = (("taker", "+", value.coming), ("giver", "−", value.going))
        shown = (
            (f"{reverse('move_suggestions')}?{urlencode({'state': 'open', way: record.username})}", sign, count)
            for way, sign, count in ways
            if count
        )
        link = '<a class="text-decoration-underline" href="{}">{}{}</a>'
        return format_html_join(" ", link, shown) or "–"

    def value_moves(self, value: Any) -> str:
        return f"+{value.coming} -{value.going}"


class BookTable(Table):
    """The customers of one book, with the figures that its sums are made of."""

    name = NameColumn(accessor="sort_key")
    tier = tables.Column(accessor="tier_name", verbose_name=_("Tier"), default="–")
    weight = Numeric(verbose_name=_("Weight"), default="–")
    balance = MoneyColumn(currency="balance_currency", verbose_name=_("Balance"), default="–")
    value = MoneyColumn(currency="value_currency", verbose_name=_("Revenue a year"), default="–")

    class Meta:
        model: type[Model] = Customer
        fields = ("name", "number", "branch", "tier", "weight", "balance", "value")
        sequence = fields

    def row_url(self, record: Any) -> str:
        return reverse("customer", args=[record.pk])
