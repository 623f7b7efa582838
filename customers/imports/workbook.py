"""The first sheet of an XLSX file, read row by row; the row's number is the line. openpyxl reads through defusedxml."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
import pandas as pd
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from customers.imports.reading import LINE, TITLES, Chunk, checked
from customers.imports.records import BLOCK_LINES
from customers.imports.refusals import Refused

MARK = b"PK\x03\x04"
LARGEST_PART = 256 << 20  # unpacked bytes of what has to be in memory at once
LARGEST = 2 << 30
DENSEST = 200  # times smaller than unpacked: rows of a bank are packed to a tenth or so, a bomb to a thousandth
HARMLESS = 32 << 20  # unpacked bytes at which it does not matter
DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    LookupError,
    TypeError,
    ValueError,
    OSError,
    EOFError,
)


@dataclass
class WorkbookSource:
    path: Path
    header: list[str]
    first: int
    coding: str = "xlsx"

    def chunks(self) -> Iterator[Chunk]:
        with _opened(self.path) as book:
            sheet = book.worksheets[0]
            total = max(sheet.max_row or 0, 1)
            numbered = enumerate(sheet.iter_rows(min_row=self.first, values_only=True), start=self.first)
            while rows := _block(numbered):
                yield self._chunk(rows, min(rows[-1][0] / total, 1.0))

    def _chunk(self, rows: list[tuple[int, tuple[Any, ...]]], share: float) -> Chunk:
        width = len(self.header)
        kept, broken = [], []
        for number, values in rows:
            texts = [text_of_cell(value) for value in values]
            if any(texts[width:]):
                broken.append((number, "too_many_fields"))
            elif any(texts):
                kept.append([str(number), *texts[:width], *[""] * (width - len(texts))])
        return Chunk(pd.DataFrame(kept, columns=[LINE, *self.header], dtype=str), broken, share)


def is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def workbook_source(path: Path, known: set[str], *, any_names: bool = False) -> WorkbookSource:
    _refuse_bombs(path)
    with _opened(path) as book, _readable():
        rows = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
        filled = ((number, row) for number, row in rows if any(row))
        number, values = next(filled, (1, ()))
        if any_names and sum(map(bool, values)) == 1:
            below = ((there, row) for there, row in islice(filled, TITLES) if sum(map(bool, row)) > 1)
            number, values = next(below, (number, values))
    header = [text_of_cell(value).lower() for value in values]
    while header and not header[-1]:
        header.pop()
    return WorkbookSource(path, checked(header, known, any_names=any_names), number + 1)


def text_of_cell(value: Any) -> str:
    """As the same cell would stand in a CSV file: ISO dates, numbers in full and without an exponent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f")  # the digits that Excel itself shows and keeps
    return str(value).replace("\0", "").strip()


@contextmanager
def _opened(path: Path) -> Iterator[openpyxl.Workbook]:
    with path.open("rb") as file:
        with _readable():
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        if not book.worksheets:
            raise Refused("format", _("The workbook has no sheet with cells."))
        yield book


def _block(numbered: Iterator[Any]) -> list[Any]:
    with _readable():
        return list(islice(numbered, BLOCK_LINES))


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever a damaged workbook makes its reader say, the file is refused."""
    try:
        yield
    except DAMAGE as error:
        raise Refused("format", _("The file is no Excel workbook that can be read.")) from error


def _refuse_bombs(path: Path) -> None:
    with _readable(), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    in_memory = [part.file_size for part in parts if not part.filename.startswith("xl/worksheets/")]
    dense = any(part.file_size > max(HARMLESS, DENSEST * part.compress_size) for part in parts)
    if dense or sum(part.file_size for part in parts) > LARGEST or sum(in_memory) > LARGEST_PART:
        raise Refused("too_large", _("The workbook is too large when it is unpacked: save it as CSV."))
