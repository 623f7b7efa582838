"""The errors of an import: kept with its run, listed, and written to a file."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from crm.jobs.models import RowError, Run
from customers.imports.messages import message_of, sentences
from customers.imports.result import LISTED, RowProblem
from customers.imports.steps import run

COLUMNS = ("row", "column", "code", "message", "value")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def keep(run_: Run, unknown: Iterable[str], told: Mapping[str, str]) -> None:
    """Unknown columns once, as of the header; then what import_bad holds. `told` are the file's names of mapped fields."""
    RowError.objects.filter(run=run_).delete()
    RowError.objects.bulk_create(
        RowError(run=run_, line=1, column=name[:64], code="unknown_column", message=message_of("unknown_column"))
        for name in unknown
    )
    known = sentences()
    run(
        "errors_kept",
        run=run_.pk,
        codes=list(known),
        messages=list(known.values()),
        fields=list(told),
        told=list(told.values()),
    )


def listed(run_: Run) -> list[RowProblem]:
    rows = RowError.objects.filter(run=run_).order_by("line", "id").values_list("line", "column", "code", "value")
    return [RowProblem(line or 0, column, code, value) for line, column, code, value in rows[:LISTED]]


def lines_of(run_: Run) -> Iterator[tuple[str, ...]]:
    rows = RowError.objects.filter(run=run_).order_by("line", "id").values_list("line", "column", "code", "value")
    known = sentences()
    for line, column, code, value in rows.iterator(chunk_size=5_000):
        yield str(line), _harmless(column), code, known.get(code, code), _harmless(value)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(run_: Run) -> Iterator[str]:
    """All of them as CSV, safe to open in a spreadsheet."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for line in lines_of(run_):
        yield writer.writerow(line)


def write(run_: Run, file: TextIO) -> None:
    file.writelines(csv_lines(run_))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
