"""Tables: columns that know how money, days, names and tiers look. The header sorts where the page lists the field."""

from collections import OrderedDict
from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import cache
from html import escape
from typing import Any

import django_tables2 as tables
from django.db import models
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django_tables2.columns import BoundColumn

from crm.base.cells import body
from crm.base.heads import Headed
from crm.base.keyset import Order
from crm.base.money import rounded
from crm.base.templatetags.frame import day, moment, money, names, tag


class _Declared(OrderedDict[str, tables.Column]):
    """The columns of a class. A table gets copies that share their parts: it names them, and changes nothing else."""

    def __deepcopy__(self, memo: Any) -> OrderedDict[str, tables.Column]:
        return OrderedDict((name, copy(column)) for name, column in self.items())


class Table(Headed, tables.Table):
    """Columns named in `hidden` show only when they are chosen (`?columns=`)."""

    hidden: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.base_columns = _Declared(cls.base_columns)

    def __init__(
        self,
        data: Any,
        *,
        order: Order | None = None,
        ordering_fields: Mapping[str, Any] | None = None,
        chosen: list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("orderable", False)
        super().__init__(data, **kwargs)
        self._name_columns()
        self.order = order
        self._last: tuple[Any, str] | None = None
        self.ordering_fields = ordering_fields or {}
        self.chosen = chosen or []
        self.headings = {column.name: str(column.header) for column in self.columns.iterall()}
        self.available = [column for column in self.columns.iterall() if self.headings[column.name]]
        for column in self.columns.iterall():
            if (column.name not in chosen) if chosen else (column.name in self.hidden):
                self.columns.hide(column.name)

    def _name_columns(self) -> None:
        """A declared column is headed by its field of `Meta.model`, in the user's language; lists of rows know no model."""
        model = self._meta.model
        fields = {field.name: field for field in model._meta.fields} if model else {}
        for column in self.columns.iterall():
            if column.column.verbose_name is None and column.name in fields:
                column.column.verbose_name = _name(fields[column.name])

    def row_url(self, record: Any) -> str:
        """Where a click on the row leads; "" nowhere."""
        return ""

    def url_of(self, record: Any) -> str:
        """`row_url`, asked once per row: its cells and the row itself want it."""
        if self._last is None or self._last[0] is not record:
            self._last = (record, self.row_url(record))
        return self._last[1]

    def body(self) -> SafeString:
        return body(self, list(self.data))


def _link(url: str, shown: Any, extra: str = "") -> SafeString:
    text = shown if isinstance(shown, SafeString) else conditional_escape(shown)
    return mark_safe(f'<a{extra} href="{escape(url)}">{text}</a>')  # noqa: S308  escaped here


def _name(field: models.Field) -> Any:
    """A relation without a name of its own is called what it leads to, for Django's guess is in English."""
    guessed = field.remote_field and field._verbose_name is None
    return field.related_model._meta.verbose_name if guessed else field.verbose_name


class Numeric(tables.Column):
    """Right-aligned, tabular figures, the largest first when sorted."""

    first_order = "-"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"th": {"class": "text-end"}, "td": {"class": "text-end figure"}})
        super().__init__(*args, **kwargs)


class MoneyColumn(Numeric):
    """`currency` is the path of the currency on the row. In an export the currency has a column of its own."""

    def __init__(self, *args: Any, currency: str = "currency", exact: bool = False, **kwargs: Any) -> None:
        self.currency = tables.A(currency)
        self.exact = exact
        super().__init__(*args, **kwargs)

    def render(self, value: Any, record: Any) -> str:
        return money(value, self.currency_of(record), "exact" if self.exact else "")

    def value(self, value: Any, record: Any) -> Any:
        return rounded(value, self.currency_of(record))

    def currency_of(self, record: Any) -> str:
        return self.currency.resolve(record, quiet=True) or ""


class DateColumn(tables.Column):
    """A day, short, the whole of it on hover. The newest first when sorted."""

    first_order = "-"

    def render(self, value: Any) -> str:
        return day(value)

    def value(self, value: Any) -> str:
        return value.isoformat()


class MomentColumn(DateColumn):
    def render(self, value: Any) -> str:
        return moment(value)


class NameColumn(tables.Column):
    """The name as a link to the row's page, the other script under it."""

    def render(self, value: Any, record: Any, table: Table) -> str:
        url = table.url_of(record)
        shown = names(record) if hasattr(record, "sort_key") else value
        return _link(url, shown, ' class="name"') if url else shown

    def value(self, value: Any) -> str:
        return str(value)


class LinkColumn(NameColumn):
    """Any value as the link to the row's page."""

    def render(self, value: Any, record: Any, table: Table) -> str:
        url, shown = table.url_of(record), day(value) if isinstance(value, date) else value
        return _link(url, shown) if url else shown


class TagColumn(tables.Column):
    """A choice as a coloured tag; `colours` maps values to Tabler's colours."""

    def __init__(self, *args: Any, colours: Mapping[Any, str] | None = None, **kwargs: Any) -> None:
        self.colours = colours or {}
        self._tag = cache(tag)
        super().__init__(*args, **kwargs)

    def render(self, value: Any, record: Any, bound_column: BoundColumn) -> str:
        path = bound_column.accessor
        plain = getattr(record, "__dict__", {})
        raw = plain[path] if path in plain else path.resolve(record, quiet=True)
        return self._tag(str(value), self.colours.get(str(raw), "secondary"))

    def value(self, value: Any) -> str:
        return str(value)


class TemplateCell(tables.Column):
    """A cell with a template of its own (`record`, `value`)."""

    def __init__(self, template: str, *args: Any, **kwargs: Any) -> None:
        self.template = template
        super().__init__(*args, **kwargs)

    def render(self, value: Any, record: Any) -> str:
        return get_template(self.template).render({"record": record, "value": value})

    def value(self, value: Any) -> str:
        return str(value)
