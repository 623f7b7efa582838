"""The brief on A4, and other sheets of sections, in the language that is active."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.pdfgen.canvas import Canvas

from customers.statements.pdf import FONT, FOOT, HEIGHT, LEADING, LEFT, RIGHT, SIZE, wrapped
from managers.day.brief import Brief, Section

INDENT, TITLE = 14, 11
TOP = HEIGHT - 95


class _Sheet:
    """Writes down a page and begins the next one where it is full."""

    def __init__(self, canvas: Canvas, title: str, number: str, foot: str) -> None:
        self.canvas, self.title, self.number, self.foot, self.pages = canvas, title, number, foot, 0
        self.turn()

    def turn(self) -> None:
        if self.pages:
            self.canvas.showPage()
        self.pages += 1
        self.canvas.setFont(FONT, SIZE)
        self.canvas.drawString(LEFT, HEIGHT - 50, settings.CRM_BRAND)
        self.canvas.drawRightString(RIGHT, HEIGHT - 50, self.number)
        self.canvas.drawString(LEFT, FOOT - 20, self.foot)
        self.canvas.drawRightString(RIGHT, FOOT - 20, str(self.pages))
        self.canvas.setFont(FONT, 15)
        self.canvas.drawString(LEFT, HEIGHT - 72, self.title)
        self.y = TOP

    def section(self, section: Section) -> None:
        self.room(2 * LEADING)
        self.y -= LEADING / 2
        self.write(str(section.title), LEFT, TITLE)
        for line in section.lines:
            for place, part in enumerate(wrapped(" ".join(line.split()), RIGHT - LEFT - INDENT)):
                self.room(LEADING)
                self.write(("" if place else "· ") + part, LEFT + (INDENT if place else INDENT - 8), SIZE)

    def paragraph(self, text: str) -> None:
        for part in wrapped(text, RIGHT - LEFT):
            self.room(LEADING)
            self.write(part, LEFT, SIZE)
        self.y -= LEADING / 2

    def room(self, height: float) -> None:
        if self.y - height < FOOT:
            self.turn()

    def write(self, text: str, x: float, size: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y, text)
        self.y -= LEADING + max(0, size - SIZE)


def drawn(brief: Brief, *, made_at: datetime, made_by: str) -> bytes:
    words = {"moment": date_format(timezone.localtime(made_at), "Y-m-d H:i"), "user": made_by}
    foot = _("For %(user)s, %(moment)s. For the bank's own use.") % words
    return written(brief.customer, brief.number, brief.sections, foot=foot)


def written(title: str, number: str, sections: tuple[Section, ...], *, foot: str) -> bytes:
    """The PDF: the number above and the foot below stand on every page."""
    with _sheet(title, number, foot) as (sheet, paper):
        for each in sections:
            sheet.section(each)
    return paper.getvalue()


def letter(title: str, number: str, text: str, *, foot: str) -> bytes:
    """The PDF: a paragraph for each line of the text."""
    with _sheet(title, number, foot) as (sheet, paper):
        for line in text.split("\n"):
            sheet.paragraph(line.strip())
    return paper.getvalue()


@contextmanager
def _sheet(title: str, number: str, foot: str) -> Iterator[tuple[_Sheet, BytesIO]]:
    paper = BytesIO()
    canvas = Canvas(paper, pageCompression=1)
    canvas.setTitle(f"{title} {number}")
    yield _Sheet(canvas, title, number, foot), paper
    canvas.save()
