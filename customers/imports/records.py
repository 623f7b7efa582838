"""Physical lines to whole records: a quoted field may span lines, and a broken record costs no other one."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

BLOCK_LINES = 10_000
LONGEST_RECORD = 200  # lines
LONGEST_FIELD = 100_000  # characters


@dataclass
class Block:
    """Records with the right number of fields, the line where each starts, and the lines that were no record."""

    rows: list[list[str]] = field(default_factory=list)
    text: str = ""
    lines: list[int] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """No quotes in it: `text` holds the records, `rows` nothing."""
        return not self.rows


@dataclass
class Records:
    """Blocks of a stream that was opened with newline="" and read up to `number - 1` lines."""

    stream: TextIO
    delimiter: str
    width: int
    number: int = 1

    def __iter__(self) -> Iterator[Block]:
        while lines := list(islice(self.stream, BLOCK_LINES)):
            text = "".join(lines)
            block = self._quoted(lines) if '"' in text else self._plain(lines, text)
            self.number += len(lines)
            yield block

    def _plain(self, lines: list[str], text: str) -> Block:
        wanted = self.width - 1
        counts = [line.count(self.delimiter) for line in lines]
        if counts.count(wanted) == len(lines) and "\0" not in text:
            return Block(text=text, lines=list(range(self.number, self.number + len(lines))))
        block, kept = Block(), []
        for number, (line, count) in enumerate(zip(lines, counts, strict=True), start=self.number):
            if count == wanted and "\0" not in line:
                kept.append(line)
                block.lines.append(number)
            elif line.strip():
                block.broken.append((number, _why(line, count + 1, self.width)))
        block.text = "".join(kept)
        return block

    def _quoted(self, lines: list[str]) -> Block:
        """Grows `lines` where a record goes on beyond the block."""
        block, place = Block(), 0
        while place < len(lines):
            start = place
            row, place = self._record(lines, place)
            if row is None:
                block.broken.append((self.number + start, "quote"))
            elif len(row) == self.width and not any("\0" in value for value in row):
                block.rows.append(row)
                block.lines.append(self.number + start)
            elif any(value.strip() for value in row):
                block.broken.append((self.number + start, _why("".join(row), len(row), self.width)))
        return block

    def _record(self, lines: list[str], place: int) -> tuple[list[str] | None, int]:
        """The record that starts at the place and the place after it; None for a line whose quote never closes."""
        line = lines[place]
        if line.count('"') % 2 == 0:
            return self._parsed(line), place + 1
        alone = self._parsed(line)
        if alone is not None and len(alone) == self.width:
            return alone, place + 1
        text = line
        for more in range(1, LONGEST_RECORD):
            if place + more == len(lines):
                lines.extend(islice(self.stream, 1))
            if place + more == len(lines) or len(text) > LONGEST_FIELD:
                break
            text += lines[place + more]
            if lines[place + more].count('"') % 2:
                row = self._parsed(text)
                return (row, place + more + 1) if row is not None and len(row) == self.width else (None, place + 1)
        return None, place + 1

    def _parsed(self, text: str) -> list[str] | None:
        try:
            rows = list(csv.reader([text], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        return rows[0] if rows else []


def _why(text: str, found: int, wanted: int) -> str:
    if "\0" in text:
        return "character"
    return "too_few_fields" if found < wanted else "too_many_fields"
