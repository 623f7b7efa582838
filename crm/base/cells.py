"""The rows of a table as HTML, at once. Each column is looked at once per table, where django-tables2 does so per cell.

What a column may do stays the same: accessors, choices, `render`, `render_NAME`, defaults. Columns with links, templates
or computed attributes of their own go the library's way.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape
from inspect import Parameter, signature
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import Model
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import A, Column, ManyToManyColumn, TemplateColumn
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow

Cell = Callable[[Any], Any]
GIVEN = ("value", "record", "column", "bound_column", "table")


def body(table: Any, records: list[Any]) -> SafeString:
    """`<tr>` by `<tr>`; `table.row_url(record)` makes a row one that opens."""
    if not records:
        return SafeString("")
    columns = list(table.columns.itervisible())
    cells = [(_opened(column), _cell(table, column, records[0])) for column in columns]
    escaped: dict[str, str] = {}
    return mark_safe("".join(_row(table, record, cells, escaped) for record in records))  # noqa: S308  escaped cell by cell


def _row(table: Any, record: Any, cells: list[tuple[str, Cell]], escaped: dict[str, str]) -> str:
    """`escaped` remembers texts: a page names few branches, statuses and managers, many times."""
    url = table.url_of(record)
    parts = [f'<tr data-href="{escape(url)}">' if url else "<tr>"]
    for opened, cell in cells:
        value = cell(record)
        if not isinstance(value, SafeString):
            text = _said(value)
            value = escaped.get(text) or escaped.setdefault(text, escape(text))
        parts.append(f"{opened}{value}</td>")
    return "".join(parts) + "</tr>\n"


def _said(value: Any) -> str:
    return str(localize(value)) if isinstance(value, int | float | Decimal | date) else str(value)


def _opened(column: BoundColumn) -> str:
    attributes = column.attrs["td"].as_html()
    return f"<td {attributes}>" if attributes else "<td>"


def _cell(table: Any, column: BoundColumn, example: Any) -> Cell:
    if column.link or isinstance(column.column, TemplateColumn | ManyToManyColumn):
        return lambda record: BoundRow(record, table).get_cell(column.name)
    read, empty, default = _reader(column, example), column.column.empty_values, column.default
    render = column.render
    given = _asked(getattr(render, "__func__", render))
    if getattr(render, "__func__", None) is Column.render:
        return lambda record: default if (value := read(record)) in empty else value
    if given == ("value",):
        return lambda record: default if (value := read(record)) in empty else render(value=value)

    def cell(record: Any) -> Any:
        value = read(record)
        if value in empty:
            return default
        known = {"value": value, "record": record, "column": column.column, "bound_column": column, "table": table}
        return render(**{name: known[name] for name in given})

    return cell


@lru_cache(maxsize=256)
def _asked(render: Callable[..., Any]) -> tuple[str, ...]:
    """Which of the things that a cell may ask for this one does."""
    parameters = signature(render).parameters
    everything = any(one.kind is Parameter.VAR_KEYWORD for one in parameters.values())
    return tuple(name for name in GIVEN if everything or name in parameters)


def _reader(column: BoundColumn, example: Any) -> Cell:
    accessor = A(column.accessor)
    if not isinstance(example, Model) or _leads_into_json(accessor, example):
        return lambda record: accessor.resolve(record, quiet=True)
    get, labels = attrgetter(str(accessor).replace("__", ".")), _labels(accessor, example)

    def read(record: Any) -> Any:
        try:
            value = get(record)
        except (AttributeError, ObjectDoesNotExist):
            return None
        value = value() if callable(value) else value
        return labels.get(value, value) if labels else value

    return read


def _leads_into_json(accessor: A, example: Any) -> bool:
    for bit in accessor.bits[:-1]:
        example = getattr(example, bit, None)
        if isinstance(example, dict):
            return True
    return False


def _labels(accessor: A, example: Model) -> dict[Any, str]:
    """The words of a choice, where the field has choices."""
    try:
        field = accessor.get_field(example)
    except FieldDoesNotExist:
        return {}
    return {value: str(label) for value, label in getattr(field, "flatchoices", None) or ()}
