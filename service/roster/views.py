"""Rosters: the list, a week with its shifts and gaps, how many are needed, and swaps."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, ListPage
from crm.base.tables import DateColumn, LinkColumn, MomentColumn, Table
from service.models import Roster, Swap
from service.roster import planning
from service.roster.filters import RosterFilter
from service.roster.week import week_of

ROSTERS = (_("Rosters"), "rosters")
ROWS = Roster.objects.select_related("team", "published_by")
MAKE = Action(_("New roster"), "roster_add", icon="plus", permission="rosters:write", key="n")


class RosterTable(Table):
    team = LinkColumn()
    week_on = DateColumn()
    published_at = MomentColumn(default="–")
    published_by = tables.Column(default="–")

    class Meta:
        model = Roster
        fields = ("team", "week_on", "published_at", "published_by")
        sequence = fields

    def row_url(self, record: Roster) -> str:
        return reverse("roster", args=[record.pk])


class RosterList(ListPage):
    permission = "rosters:read"
    title = _("Rosters")
    parents = [(_("Tickets"), "tickets")]
    queryset = ROWS
    filterset_class = RosterFilter
    table_class = RosterTable
    ordering_fields = {"week_on": "week_on"}
    ordering = "-week_on"
    actions = [MAKE]
    empty = Empty(
        _("No roster yet"),
        _("Who of a team works when, a week at a time, and which hours miss somebody."),
        MAKE,
        icon="calendar-time",
    )


class RosterPage(DetailPage):
    permission = "rosters:read"
    template_name = "service/roster/roster.html"
    context_object_name = "roster"
    queryset = ROWS
    parents = [ROSTERS]
    object: Roster

    def get_actions(self) -> list[Action]:
        if not self.may("rosters:write"):
            return []
        add = Action(_("Add a shift"), reverse("shift_add", args=[self.object.pk]), icon="plus", dialog=True, key="n")
        demand = Action(_("How many are needed"), reverse("roster_demand", args=[self.object.team_id]), icon="users")
        publish = Action(_("Publish"), reverse("roster_publish", args=[self.object.pk]), icon="send", post=True)
        return [add, demand] if self.object.is_published else [add, publish, demand]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.request.user, timezone.now()
        swaps = Swap.objects.visible_to(user).filter(shift__roster=self.object)
        found = {
            "week": week_of(self.object),
            "gaps": planning.gaps_of(self.object),
            "has_demand": self.object.team.demands.exists(),
            "swaps": swaps.select_related("shift", "to", "back", "asked_by"),
            "may_write": self.may("rosters:write"),
            "may_swap": self.may("swaps:write") and self.object.is_published,
            "now": now,
        }
        return super().get_context_data(**found | kwargs)
