"""A company's figures side by side, each against the period before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm.base.money import rounded
from crm.base.templatetags.frame import money
from customers.companies.wording import change_said
from customers.models import CompanyFigure, FigureKind
from customers.periods import Period


def plain(row: CompanyFigure) -> Decimal | None:
    """Without the zeros of the column: 12.50 CNY, 40 people; None for one that was taken back."""
    if row.value is None or row.currency:
        return None if row.value is None else rounded(row.value, row.currency)
    whole = row.value.to_integral_value()
    return whole if whole == row.value else row.value.normalize()


@dataclass(frozen=True)
class Cell:
    """A figure of a period. `change` is a fraction of what it was in the period before; None where there is nothing to
    compare with: no figure, another currency, or nothing."""

    figure: CompanyFigure | None
    change: Decimal | None = None
    is_alarming: bool = False

    @property
    def shown(self) -> SafeString | str:
        assert self.figure is not None and self.figure.value is not None
        if self.figure.currency:
            return money(self.figure.value, self.figure.currency)
        grouped = number_format(plain(self.figure) or 0, use_l10n=True, force_grouping=True)
        return format_html('<span class="figure">{}</span>', grouped)

    @property
    def said(self) -> str:
        return change_said(self.change)


@dataclass(frozen=True)
class Line:
    kind: FigureKind
    cells: list[Cell]


@dataclass(frozen=True)
class Sheet:
    """Periods of one length side by side, the newest first; lines in the order of their kinds, unknown ones left out."""

    months: int
    periods: list[Period]
    lines: list[Line]

    @property
    def length(self) -> str:
        return str(dict(CompanyFigure.LENGTHS)[self.months])

    @property
    def width(self) -> int:
        return len(self.periods) + 1


def change_of(value: Decimal, before: Decimal | None) -> Decimal | None:
    """From 200 to 150 is -0.25; from a loss of 100 to a gain of 50 is 1.5, and the other way round -3."""
    return (value - before) / abs(before) if before else None


def alarms(kind: FigureKind, change: Decimal | None) -> bool:
    if change is None:
        return False
    fell = kind.falls_by is not None and change <= -kind.falls_by
    return fell or (kind.rises_by is not None and change >= kind.rises_by)


def sheets(rows: Iterable[CompanyFigure], *, most: int = 6) -> list[Sheet]:
    """One for each length of period of which something is known, the longest first. `rows` with their `kind`."""
    known = [row for row in rows if row.value is not None]
    by_length: dict[int, list[CompanyFigure]] = {}
    for row in known:
        by_length.setdefault(row.months, []).append(row)
    return [_sheet(months, by_length[months], most) for months in sorted(by_length, reverse=True)]


def _sheet(months: int, rows: list[CompanyFigure], most: int) -> Sheet:
    told = {(row.kind_id, row.since): row for row in rows}
    periods = [Period(since, months) for since in sorted({row.since for row in rows}, reverse=True)][:most]
    kinds = sorted({row.kind_id: row.kind for row in rows}.values(), key=lambda kind: (kind.place, kind.pk))
    lines = [Line(kind, [_cell(told, kind, period) for period in periods]) for kind in kinds]
    return Sheet(months, periods, [line for line in lines if any(cell.figure for cell in line.cells)])


def _cell(told: Mapping[tuple[int, date], CompanyFigure], kind: FigureKind, period: Period) -> Cell:
    figure, before = told.get((kind.pk, period.since)), told.get((kind.pk, period.before.since))
    if figure is None or before is None or figure.currency != before.currency:
        return Cell(figure)
    assert figure.value is not None
    change = change_of(figure.value, before.value)
    return Cell(figure, change, alarms(kind, change))
