"""A list taken along: CSV and XLSX, streamed, safe against formulas, and announced before the first row leaves."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from crm.base import signals
from crm.base.keyset import Keyset
from crm.base.tables import MoneyColumn, Table

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 1_000


def safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe. Numbers stay numbers."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value


def exported_rows(page: Any) -> Iterator[list[Any]]:
    """The header, then the rows of the page's filter in its order and scope, a chunk in memory at a time."""
    yield _header(page.table([]))
    for chunk in _chunks(page):
        table = page.table(chunk)
        for row in table.rows:
            yield [cell for column in table.columns.itervisible() for cell in _cells(column, row)]


def _chunks(page: Any) -> Iterator[list[Any]]:
    """By key, so that related rows come with each chunk and no cursor is held open."""
    keyset = Keyset(page.rows, page.order, CHUNK)
    shown = keyset.page()
    while shown.rows:
        yield shown.rows
        if shown.next is None:
            return
        shown = keyset.page(shown.next)


def _header(table: Table) -> list[str]:
    found = []
    for column in table.columns.itervisible():
        found.append(capfirst(str(column.header)))
        if isinstance(column.column, MoneyColumn):
            found.append(_("%(column)s, currency") % {"column": capfirst(str(column.header))})
    return found


def _cells(column: Any, row: Any) -> list[Any]:
    value = row.get_cell_value(column.name)
    if isinstance(column.column, MoneyColumn):
        return [value, column.column.currency_of(row.record)]
    return [safe(value if value is None or isinstance(value, int | float | Decimal) else str(value))]


def _announced(page: Any, kind: str) -> None:
    """What was searched for may be a phone number: the trail keeps that there was a text, not which."""
    asked = page.request.GET
    parameters = {key: ["..."] if key == "q" else asked.getlist(key) for key in asked if key != "export"}
    signals.exported.send(
        page.rows.model,
        user=page.request.user,
        what=f"{page.rows.model._meta.model_name}.{kind}",
        rows=page.rows.order_by().count(),
        parameters=parameters,
    )


def _filename(page: Any, kind: str) -> str:
    return f"{page.rows.model._meta.model_name}.{kind}"


class _Echo:
    def write(self, line: str) -> str:
        return line


def as_csv(page: Any) -> HttpResponseBase:
    _announced(page, "csv")
    return csv_of(exported_rows(page), filename=_filename(page, "csv"))


def csv_of(rows: Iterable[Sequence[Any]], *, filename: str) -> HttpResponseBase:
    """UTF-8 with a mark, so that a spreadsheet reads Chinese."""
    writer = csv.writer(_Echo())
    lines = (writer.writerow(["" if cell is None else cell for cell in row]) for row in rows)
    response = StreamingHttpResponse(_with_mark(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _with_mark(lines: Iterator[str]) -> Iterator[str]:
    """Several lines at once: a piece per row would cost more than the rows."""
    yield "\ufeff"
    while piece := "".join(islice(lines, CHUNK)):
        yield piece


def as_xlsx(page: Any) -> HttpResponseBase:
    _announced(page, "xlsx")
    return xlsx_of(exported_rows(page), title=str(page.get_title()), filename=_filename(page, "xlsx"))


def xlsx_of(rows: Iterable[Sequence[Any]], *, title: str, filename: str) -> HttpResponseBase:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31].translate(str.maketrans("", "", "[]:*?/\\")) or "1")
    for row in rows:
        sheet.append([_xlsx(sheet, cell) for cell in row])
    file = TemporaryFile()  # noqa: SIM115  FileResponse closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename)


def _xlsx(sheet: Any, value: Any) -> Any:
    """A text is a text, whatever it starts with."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def file_of(kind: str, rows: Iterable[Sequence[Any]], *, title: str, name: str) -> HttpResponseBase:
    """What is no list of a page, as `csv` or `xlsx`. Texts are made safe; whoever calls has announced it."""
    made_safe = ([safe(cell) for cell in row] for row in rows)
    if kind == "xlsx":
        return xlsx_of(made_safe, title=title, filename=f"{name}.xlsx")
    return csv_of(made_safe, filename=f"{name}.csv")


EXPORTS: dict[str, Callable[[Any], HttpResponseBase]] = {"csv": as_csv, "xlsx": as_xlsx}
