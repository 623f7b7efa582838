"""A file as frames of text: `line` is where each record starts, the other columns are the file's."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Protocol

import pandas as pd
from django.utils.translation import gettext as _

from customers.imports.coding import coding_of
from customers.imports.records import Block, Records
from customers.imports.refusals import Refused

DELIMITERS = (",", ";", "\t", "|")
LINE = "line"
TITLES = 10  # lines that may stand above the names of columns
SPACES = tuple(sign for sign in map(chr, range(0x3001)) if sign.isspace() and sign not in "\r\n")


@dataclass
class Chunk:
    """`frame` holds only text. `broken` are lines that were no record, each with a code; `share` is how much is read."""

    frame: pd.DataFrame
    broken: list[tuple[int, str]] = field(default_factory=list)
    share: float = 1.0


class Source(Protocol):
    """Whatever an import can read."""

    coding: str

    @property
    def header(self) -> list[str]: ...

    def chunks(self) -> Iterator[Chunk]: ...


@dataclass
class TextSource:
    path: Path
    coding: str
    delimiter: str
    header: list[str]
    first: int  # the line after the header

    def chunks(self) -> Iterator[Chunk]:
        size = max(self.path.stat().st_size, 1)
        with self.path.open(encoding=self.coding, newline="") as stream:
            for _number in range(self.first - 1):
                stream.readline()
            for block in Records(stream, self.delimiter, len(self.header), self.first):
                yield Chunk(self._frame(block), block.broken, min(stream.buffer.tell() / size, 1.0))

    def _frame(self, block: Block) -> pd.DataFrame:
        if not block.is_plain:
            frame = pd.DataFrame(block.rows, columns=self.header, dtype=str)
        elif block.text:
            frame = pd.read_csv(
                StringIO(block.text), sep=self.delimiter, header=None, names=self.header, dtype=str,
                keep_default_na=False, na_filter=False, quoting=csv.QUOTE_NONE, skip_blank_lines=False, engine="c",
            )  # fmt: skip
        else:
            frame = pd.DataFrame(columns=self.header, dtype=str)
        if block.rows or is_padded(block.text, self.delimiter):
            frame = frame.apply(lambda column: column.str.strip())
        frame.insert(0, LINE, [str(line) for line in block.lines])
        return frame


@dataclass
class FrameSource:
    """Records that are in memory already, with a `line` column."""

    frame: pd.DataFrame
    broken: list[tuple[int, str]] = field(default_factory=list)
    coding: str = ""

    @property
    def header(self) -> list[str]:
        return [name for name in self.frame.columns if name != LINE]

    def chunks(self) -> Iterator[Chunk]:
        yield Chunk(self.frame, self.broken)


def is_padded(text: str, delimiter: str) -> bool:
    """Whether a space of any kind stands at the edge of a cell. Most texts have some, few have them there."""
    whole = f"\n{text}\n"
    return any(
        edge + space in whole or space + edge in whole
        for space in SPACES
        if space != delimiter and space in text
        for edge in (delimiter, "\n", "\r")
    )


def text_source(path: Path, known: set[str], encoding: str | None = None, *, any_names: bool = False) -> TextSource:
    """Finds coding, delimiter and header; refuses what is no table of these columns, or of any where `any_names` may do."""
    coding = coding_of(path, encoding)
    with path.open(encoding=coding, newline="") as stream:
        number, head = head_of(stream, any_names=any_names)
    names = {delimiter: header_of(head, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: (len(known & set(names[delimiter])), len(names[delimiter])))
    return TextSource(path, coding, best, checked(names[best], known, any_names=any_names), number + 1)


def head_of(lines: Iterable[str], *, any_names: bool) -> tuple[int, str]:
    """The line that names the columns, with its number: the first that isn't blank. In a file of any names that is a title
    where it has one cell alone, and the names stand a few lines below.
    """
    first = 0, ""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            first = first if first[0] else (number, line)
            if not any_names or any(sum(map(bool, header_of(line, sign))) > 1 for sign in DELIMITERS):
                return number, line
        if first[0] and number >= first[0] + TITLES:
            break
    return first


def header_of(line: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([line.strip("\r\n\ufeff")], delimiter=delimiter), [])
    except csv.Error:
        row = []
    return [name.strip().lower() for name in row]


def checked(header: list[str], known: set[str], *, any_names: bool = False) -> list[str]:
    if not any_names and not known & set(header):
        text = _("The first line names none of the columns %(names)s.")
        raise Refused("columns", text % {"names": ", ".join(sorted(known))})
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice or LINE in header:
        text = _("The file has a column %(names)s that can't be told apart.")
        raise Refused("columns", text % {"names": ", ".join(twice or [LINE])})
    return [name or f"column {place}" for place, name in enumerate(header, start=1)]
