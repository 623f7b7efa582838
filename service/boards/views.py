"""The board on a page, narrowed as the list of tickets is, and as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.pages import ListPage
from service.boards.figures import DURATIONS, FIGURES
from service.boards.filters import BoardFilter
from service.boards.report import BYS, TIMES, Board, Line, board, minutes
from service.clocks.saying import said_length
from service.models import Ticket
from service.tickets.views import TICKETS


class BoardPage(ListPage):
    """Each figure leads to the rows of which it is the number. `?by=` is tier, kind, team or channel."""

    permission = "ticket-boards:read"
    title = _("Service board")
    parents = [TICKETS]
    template_name = "service/boards/board.html"
    fragment_name = "service/boards/_board.html"
    queryset = Ticket.objects.all()
    filterset_class = BoardFilter

    @cached_property
    def board(self) -> Board:
        by = self.request.GET.get("by", "")
        rows = self.filterset.qs.with_tier() if by in ("", "tier") else self.filterset.qs
        return board(rows, by if by in BYS else "tier", self.filterset.span)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = request.GET.get("export", "")
        if kind in EXPORTS:
            rows = written(self.board)
            asked = {name: value for name, value in request.GET.items() if value and name != "export"}
            signals.exported.send(
                Ticket, user=request.user, what=f"ticket_board.{kind}", rows=len(rows) - 1, parameters=asked
            )
            return file_of(kind, rows, title=str(self.title), name=f"board-{self.board.span.through}")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.board
        framed = {
            "has_filters": True,
            "chips": self.chips(),
            "fragment_name": self.fragment_name,
            "board": found,
            "by": BYS[found.by],
            "bys": [(name, each.label, self._url(name), name == found.by) for name, each in BYS.items()],
            "heads": [label for label, _text in FIGURES.values()],
            "rows": [self._row(line, self._of_line(line)) for line in found.lines],
            "sum": self._row(found.total, {}),
            "said": [*FIGURES.values(), (_("Time to resolve"), DURATIONS)],
        }
        return super(ListPage, self).get_context_data(**framed | kwargs)

    def _url(self, by: str) -> str:
        asked = self.request.GET.copy()
        asked["by"] = by
        return f"?{asked.urlencode()}"

    def _of_line(self, line: Line) -> dict[str, str]:
        if not line["key"]:
            return {BYS[self.board.by].without: "true"}
        return {self.board.by: line["key"]}

    def _row(self, line: Line, own: dict[str, str]) -> dict[str, Any]:
        """Its cells: the count and where it leads."""
        span = self.board.span
        asked = {name: value for name, value in self.request.GET.items() if value and name != "by"}
        asked |= own | {"since": span.since.isoformat(), "through": span.through.isoformat()}
        cells = [(line[name], f"{reverse('tickets')}?{urlencode(asked | {'figure': name})}") for name in FIGURES]
        took = [said_length(line[name]) if line[name] else "–" for name in TIMES]
        return {"label": line["label"], "cells": cells, "share": line["share"], "took": took}


def written(found: Board) -> list[list[Any]]:
    """A header, a line each and the sum; times in minutes."""
    heads = [str(label) for label, _text in FIGURES.values()]
    took = [_t("Time to resolve, half of them, minutes"), _t("Time to resolve, nine of ten, minutes")]
    lines = [
        [str(line["label"]), *(line[name] for name in FIGURES), line["share"], *(minutes(line[name]) for name in TIMES)]
        for line in (*found.lines, found.total)
    ]
    return [[str(BYS[found.by].label), *heads, _t("At first contact, percent"), *took], *lines]
