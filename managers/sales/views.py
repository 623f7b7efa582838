"""Opportunities: the list, and one with its history."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, DetailPage, Empty, ListPage
from crm.base.pages.access import Crumb
from managers.models import Opportunity, Stage
from managers.sales.filters import OpportunityFilter
from managers.sales.stages import COLOURS
from managers.sales.tables import OpportunityTable
from segmentation.decisions.views import crumbs_of

CHOOSE = {"which", "stage"}


def is_default(asked: QueryDict) -> bool:
    """Whether nobody said which: then those that are open."""
    return not any(asked.get(name) for name in CHOOSE)


class OpportunityList(ListPage):
    permission = "opportunities:read"
    title = _("Pipeline")
    queryset = Opportunity.objects.select_related("customer", "product", "owner").with_weighted()
    filterset_class = OpportunityFilter
    table_class = OpportunityTable
    fragment_name = "managers/sales/_rows.html"
    ordering_fields = {"close_on": "close_on", "opened_at": "opened_at"}
    ordering = "close_on"
    actions = [
        Action(_("Board"), "pipeline_board", icon="layout-kanban"),
        Action(_("Forecast"), "pipeline_forecast", icon="calendar-stats"),
    ]
    empty = Empty(
        _("No open opportunity"),
        _("What a customer may buy stands here. It is opened on the customer's page, under “Pipeline”."),
        icon="target-arrow",
    )

    @cached_property
    def rows(self) -> QuerySet:
        return super().rows.open() if is_default(self.request.GET) else super().rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"sums": list(self.rows.summed())} | kwargs)


class OpportunityPage(DetailPage):
    permission = "opportunities:read"
    reads_are_logged = True
    template_name = "managers/sales/opportunity.html"
    context_object_name = "opportunity"
    queryset = Opportunity.objects.select_related("customer", "product", "owner").with_weighted()
    object: Opportunity

    def get_title(self) -> str:
        return f"{self.object.product} · {self.object.customer}"

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Pipeline"), reverse("pipeline")), crumbs_of(self.object.customer)[-1]]

    def get_actions(self) -> list[Action]:
        if not self.may("opportunities:write"):
            return []
        if not self.object.is_open:
            return [self._action(_("Open again"), "opportunity_reopen", "rotate")]
        return [
            self._action(_("Move"), "opportunity_move", "arrow-right"),
            self._action(_("Change"), "opportunity_change", "pencil"),
            self._action(pgettext_lazy("an opportunity", "Lost"), "opportunity_lose", "x"),
        ]

    def _action(self, label: Any, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moves = list(self.object.moves.select_related("by").order_by("-number"))
        context = {"moves": moves, "colour": COLOURS[Stage(self.object.stage)]}
        return super().get_context_data(**context | kwargs)
