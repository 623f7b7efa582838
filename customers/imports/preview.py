"""The first rows of an upload as they would become: masked, and with what is wrong with them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from django.db import transaction
from django.utils.text import capfirst

from customers.imports import engine
from customers.imports.checks import check_cells
from customers.imports.coding import spoken
from customers.imports.columns import PLAIN, SUBSTITUTE, Column, Word
from customers.imports.kinds import Job, Kind, kind_of
from customers.imports.mapping.definition import mapping_of
from customers.imports.mapping.labels import label_of
from customers.imports.mapping.survey import stricter
from customers.imports.masking import shown_as
from customers.imports.messages import message_of
from customers.imports.opening import opened
from customers.imports.reading import LINE, Chunk, Source
from customers.imports.stage import bad_rows
from customers.models import ImportBatch

PREVIEWED = 20
Problems = dict[tuple[str, str], list[str]]  # by line and field


@dataclass(frozen=True)
class Heading:
    """A field, and what the file calls it."""

    label: str
    told: str


@dataclass(frozen=True)
class Cell:
    text: str
    problems: list[str]


@dataclass(frozen=True)
class Row:
    line: str
    cells: list[Cell]
    problems: list[str]


@dataclass(frozen=True)
class Preview:
    kind: Kind
    headings: list[Heading]
    rows: list[Row]
    coding: str
    unknown: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        return sum(1 for row in self.rows if row.problems or any(cell.problems for cell in row.cells))


def preview_of(batch: ImportBatch, *, as_of: date) -> Preview:
    kind = kind_of(batch.kind)
    source = opened(Path(batch.file.path), kind, batch.encoding or None, mapping_of(batch.mapping))
    job = engine.job_of(kind, source, by=batch.uploaded_by, today=as_of)
    columns = [column for column in job.kind.columns if column.name in job.given]
    masks = {seen["name"]: seen["mask"] for seen in batch.survey.get("columns", [])}
    told = {column.name: job.names.get(column.name, column.name) for column in columns}
    strict = {column.name: stricter(column.mask, masks.get(told[column.name], PLAIN)) for column in columns}
    chunk = first_rows(source)
    # before they are staged: that puts hashes where contact data stood
    texts = [dict(row) for row in chunk.frame.to_dict("records")]
    problems = problems_of(job, chunk)
    rows = [_row(text, columns, strict, problems) for text in texts]
    rows += [Row(str(line), [], [message_of(code)]) for line, code in chunk.broken]
    return Preview(
        kind=job.kind,
        headings=[Heading(label_of(job.kind, column), told[column.name]) for column in columns],
        rows=sorted(rows, key=lambda row: int(row.line))[:PREVIEWED],
        coding=spoken(source.coding),
        unknown=job.unknown,
        absent=[capfirst(label_of(job.kind, column)) for column in job.kind.columns if column.name not in job.given],
    )


def first_rows(source: Source) -> Chunk:
    """The first records, and the broken ones among them."""
    chunk = next(iter(source.chunks()), None) or Chunk(pd.DataFrame(columns=[LINE, *source.header], dtype=str))
    if len(chunk.frame) <= PREVIEWED:
        return chunk
    frame = chunk.frame.head(PREVIEWED).reset_index(drop=True)
    last = int(frame[LINE].iloc[-1])
    return Chunk(frame, [(line, code) for line, code in chunk.broken if line < last])


@transaction.atomic
def problems_of(job: Job, chunk: Chunk) -> Problems:
    """What the check of the cells says; its tables are gone afterwards."""
    engine.stage(job, [chunk], lambda rows, share: None)
    check_cells(job)
    found: Problems = defaultdict(list)
    for line, column, code, _value in bad_rows():
        found[str(line), column].append(message_of(code))
    transaction.set_rollback(True)
    return found


def _row(text: dict[str, Any], columns: list[Column], masks: dict[str, str], problems: Problems) -> Row:
    line = text[LINE]
    cells = [
        Cell(_shown(column, masks[column.name], text), problems.get((line, column.name), [])) for column in columns
    ]
    return Row(line, cells, problems.get((line, ""), []))


def _shown(column: Column, mask: str, text: dict[str, Any]) -> str:
    """What becomes of the cell; where nothing can, what the file has there."""
    cell = text[column.name]
    if isinstance(column, Word) and cell in column.words:
        return str(column.labels[column.words.index(cell)])
    return shown_as(mask, text[f"told_{column.name}"] if cell == SUBSTITUTE else cell)
