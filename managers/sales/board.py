"""The board: a column per open stage, each paged by itself. A card is moved by dragging it, or by the buttons of its menu."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.keyset import BadCursor, Keyset, KeysetPage, Order
from crm.base.pages import Action, ListPage
from crm.base.pages.access import is_fragment
from managers.models import Opportunity, Stage
from managers.models.sales import OPEN
from managers.sales.filters import BoardFilter
from managers.sales.services import move_opportunity

CARDS = 20
EXPECTED = Order("close_on", ("close_on", "pk"))


@dataclass
class Column:
    """`sums` are of all its cards, by currency; `page` holds the first of them."""

    stage: Stage
    page: KeysetPage
    sums: list[dict[str, Any]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(each["count"] for each in self.sums)


class Board(ListPage):
    """Queries that do not grow with the number of opportunities."""

    permission = "opportunities:read"
    title = _("Board")
    parents = [(_("Pipeline"), "pipeline")]
    template_name = "managers/sales/board.html"
    fragment_name = "managers/sales/_board.html"
    queryset = Opportunity.objects.open().select_related("customer", "product", "owner")
    filterset_class = BoardFilter
    actions = [Action(_("List"), "pipeline", icon="list")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sums: dict[str, list[dict[str, Any]]] = {stage: [] for stage in OPEN}
        for each in self.rows.summed("stage"):
            sums[each["stage"]].append(each)
        shown = {"columns": [Column(stage, self.cards(stage), sums[stage]) for stage in OPEN]}
        return self.framed(**shown | kwargs)

    def framed(self, **kwargs: Any) -> dict[str, Any]:
        framed = {
            "has_filters": True,
            "chips": self.chips(),
            "fragment_name": self.fragment_name,
            "may_move": self.may("opportunities:write"),
            "places": [*OPEN, Stage.WON],
            "asked": self.request.GET.urlencode(),
        }
        return super(ListPage, self).get_context_data(**framed | kwargs)

    def cards(self, stage: str, cursor: str = "") -> KeysetPage:
        return Keyset(self.rows.filter(stage=stage), EXPECTED, CARDS).page(cursor)


class BoardColumn(Board):
    """The next cards of a column; as a page of its own without JavaScript."""

    template_name = "managers/sales/column.html"
    fragment_name = "managers/sales/_cards.html"
    parents = [(_("Pipeline"), "pipeline"), (_("Board"), "pipeline_board")]
    actions = []

    def get_title(self) -> str:
        return str(self.stage.label)

    @cached_property
    def stage(self) -> Stage:
        if self.kwargs["stage"] not in OPEN:
            raise Http404
        return Stage(self.kwargs["stage"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            page = self.cards(self.stage, self.request.GET.get("after", ""))
        except BadCursor as error:
            raise Http404 from error
        asked = self.request.GET.copy()
        asked.pop("after", None)
        return self.framed(column=Column(self.stage, page), asked=asked.urlencode(), **kwargs)


class PlaceCard(Board):
    """Moves a card and draws the board as it then is: a card that may not move is back where it was, with the reason above."""

    http_method_names = ["post"]
    permission = "opportunities:write"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Opportunity.objects.visible_to(request.user)
        opportunity = get_object_or_404(rows, pk=self.kwargs["pk"])
        version, stage = request.POST.get("version", ""), request.POST.get("stage", "")
        if not version.isdecimal() or len(version) > 9:
            raise RuleBroken(_t("Open the board again, then move the card."))
        moved = move_opportunity(
            opportunity=opportunity, stage=stage, version=int(version), by=self.request.user, at=timezone.now()
        )
        words = {"opportunity": moved, "stage": moved.get_stage_display()}
        messages.success(request, _t("%(opportunity)s: moved to %(stage)s.") % words)
        return self.drawn()

    def turned_down(self, refusal: RuleBroken) -> HttpResponse:
        messages.error(self.request, str(refusal))
        return self.drawn()

    def drawn(self) -> HttpResponse:
        if not is_fragment(self.request):
            return self.leave(f"{reverse('pipeline_board')}?{self.request.GET.urlencode()}")
        return self.render_to_response(self.get_context_data(moved=self.kwargs["pk"], is_moved=True))
