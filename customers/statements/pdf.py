"""A statement on A4, in the language that is active, drawn line by line: tables that find their own widths are too slow."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from crm.base.money import minor_unit, rounded
from customers.statements.content import Statement

FONT, SIZE, LEADING = "STSong-Light", 8.5, 12
WIDTH, HEIGHT = A4
LEFT, RIGHT, FOOT = 45, WIDTH - 45, 50
TOP = HEIGHT - 95  # of the lines, but for the first page
WHAT, DEBIT, CREDIT, BALANCE = 112, 390, 470, RIGHT
WHAT_WIDTH, FACT_WIDTH = 205, 430

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass(frozen=True)
class Heading:
    """What stands on every page, in words."""

    brand: str
    title: str
    number: str
    mark: str
    note: str
    facts: tuple[tuple[str, str], ...]
    foot: str


@dataclass(frozen=True)
class Row:
    """A movement in words, in as many lines as the text needs; the balances before and after are rows too."""

    on: str
    what: tuple[str, ...]
    debit: str
    credit: str
    balance: str

    @property
    def height(self) -> int:
        return LEADING * max(1, len(self.what)) + 2


def drawn(statement: Statement, heading: Heading) -> bytes:
    """The PDF. About 0.2 ms a line."""
    facts = list(_facts(heading))
    first_top = TOP - LEADING * len(facts) - 20
    pages = list(_pages(list(_rows(statement)), first_top))
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4, pageCompression=1)
    canvas.setTitle(f"{heading.title} {heading.number}")
    for number, rows in enumerate(pages, start=1):
        canvas.setFont(FONT, SIZE)
        y = _head(canvas, heading, facts if number == 1 else [], first_top if number == 1 else TOP)
        for row in rows:
            _draw(canvas, row, y)
            y -= row.height
        canvas.drawString(LEFT, FOOT - 20, heading.foot)
        of = _("Page %(page)s of %(pages)s") % {"page": number, "pages": len(pages)}
        canvas.drawRightString(RIGHT, FOOT - 20, f"{heading.number} · {heading.mark} · {of}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _rows(statement: Statement) -> Iterator[Row]:
    currency = statement.account.currency

    def money(amount: Decimal) -> str:
        return f"{rounded(amount, currency):,.{minor_unit(currency)}f}"

    yield Row(statement.since.isoformat(), (_("Opening balance"),), "", "", money(statement.opening))
    for line in statement.lines:
        text = " · ".join(filter(None, (line.kind, line.counterparty, line.description))) or "–"
        debit = money(-line.amount) if line.amount < 0 else ""
        credit = money(line.amount) if line.amount >= 0 else ""
        yield Row(line.on.isoformat(), tuple(wrapped(text)), debit, credit, money(line.balance))
    sums = money(-statement.debits), money(statement.credits)
    yield Row(statement.until.isoformat(), (_("Closing balance"),), *sums, money(statement.closing))
    if statement.unexplained:
        text = _("The bank's books say %(reported)s: the movements above leave %(rest)s unexplained.") % {
            "reported": money(statement.reported), "rest": money(statement.unexplained)}  # fmt: skip
        yield Row("", tuple(wrapped(text)), "", "", "")


def wrapped(text: str, width: float = WHAT_WIDTH) -> Iterator[str]:
    """Lines that fit into the column; Chinese breaks anywhere, a word of Latin letters at a blank where there is one."""
    while text:
        fits = len(text)
        while pdfmetrics.stringWidth(text[:fits], FONT, SIZE) > width:
            fits -= max(1, fits // 20)
        if fits < len(text) and (blank := text.rfind(" ", 1, fits)) > fits // 2:
            fits = blank
        yield text[:fits]
        text = text[fits:].lstrip()


def _pages(rows: list[Row], first_top: float) -> Iterator[list[Row]]:
    page: list[Row] = []
    room = first_top - FOOT
    for row in rows:
        if row.height > room and page:
            yield page
            page, room = [], TOP - FOOT
        page.append(row)
        room -= row.height
    yield page


def _facts(heading: Heading) -> Iterator[tuple[str, str]]:
    """Lines of the head of the first page; a long name takes several."""
    for label, value in (*heading.facts, *([("", heading.note)] if heading.note else [])):
        for place, text in enumerate(wrapped(value, FACT_WIDTH)):
            yield ("" if place else label), text


def _head(canvas: Canvas, heading: Heading, facts: list[tuple[str, str]], top: float) -> float:
    """Draws what stands above the lines, which begin at `top`; where the first of them stands."""
    canvas.drawString(LEFT, HEIGHT - 50, heading.brand)
    canvas.drawRightString(RIGHT, HEIGHT - 50, heading.number)
    canvas.setFont(FONT, 15)
    canvas.drawString(LEFT, HEIGHT - 72, heading.title)
    canvas.drawRightString(RIGHT, HEIGHT - 72, heading.mark)
    canvas.setFont(FONT, SIZE)
    for place, (label, text) in enumerate(facts):
        canvas.drawString(LEFT, HEIGHT - 95 - LEADING * place, label)
        canvas.drawString(WHAT, HEIGHT - 95 - LEADING * place, text)
    canvas.drawString(LEFT, top + 12, _("Date"))
    canvas.drawString(WHAT, top + 12, _("What"))
    for x, text in ((DEBIT, _("Debit")), (CREDIT, _("Credit")), (BALANCE, _("Balance"))):
        canvas.drawRightString(x, top + 12, text)
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, top + 6, RIGHT, top + 6)
    return top - 6


def _draw(canvas: Canvas, row: Row, y: float) -> None:
    canvas.drawString(LEFT, y, row.on)
    for place, text in enumerate(row.what):
        canvas.drawString(WHAT, y - LEADING * place, text)
    for x, text in ((DEBIT, row.debit), (CREDIT, row.credit), (BALANCE, row.balance)):
        if text:
            canvas.drawRightString(x, y, text)
