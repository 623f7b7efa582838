"""Calls for who leads the phone centre, or audits it; an agent's own."""

from datetime import timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.base.pages import Action, Empty, ListPage
from crm.base.slots import contributions
from crm.base.tables import MomentColumn, Table, TagColumn
from customers.calls.shown import ACTIONS, said_of
from customers.models import Call

STATES = {Call.State.RINGING: "secondary", Call.State.VERIFIED: "green", Call.State.REFUSED: "red"}


def clock(length: timedelta | None) -> str:
    """4:07, minutes and seconds."""
    if length is None:
        return "–"
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


class CallFilter(FilterSet):
    agent = django_filters.CharFilter(label=_("Agent (user name)"), field_name="agent__username")
    begun = django_filters.DateFromToRangeFilter(label=_("Begun"), field_name="begun_at")

    class Meta:
        model = Call
        fields = ["state"]


class CallTable(Table):
    begun_at = MomentColumn()
    call = tables.Column(accessor="pk", verbose_name=_("Number"))
    agent = tables.Column()
    customer = tables.Column(default="–")
    state = TagColumn(colours=STATES)
    how = tables.Column(verbose_name=_("Answers"))
    length = tables.Column(accessor="pk", verbose_name=_("Length"), attrs={"td": {"class": "text-end figure"}})

    class Meta:
        model = Call
        fields = ("begun_at", "call", "agent", "customer", "state", "how", "length")
        sequence = fields

    def row_url(self, record: Call) -> str:
        return reverse("call", args=[record.pk])

    def render_call(self, record: Call) -> str:
        return str(record)

    def value_call(self, record: Call) -> str:
        return str(record)

    def render_customer(self, record: Call) -> str:
        return said_of(record, self.request.user)

    def value_customer(self, record: Call) -> str:
        return said_of(record, self.request.user)

    def render_length(self, record: Call) -> str:
        return clock(record.ended_at - record.begun_at if record.ended_at else None)

    def value_length(self, record: Call) -> str:
        return clock(record.ended_at - record.begun_at if record.ended_at else None)


class CallList(ListPage):
    permission = "calls:read"
    title = _("Calls")
    template_name = "customers/calls/list.html"
    queryset = Call.objects.select_related("agent", "customer")
    filterset_class = CallFilter
    table_class = CallTable
    ordering_fields = {"begun_at": "begun_at"}
    ordering = "-begun_at"
    actions = [Action(_("Take a call"), "call_begin", "phone-incoming", "calls:write")]
    empty = Empty(
        _("No call was taken yet"),
        _(
            "Calls of the phone centre stand here: who took them, how long they were, whether the caller could be verified."
        ),
        icon="phone",
    )

    def get_actions(self) -> list[Action]:
        return [*super().get_actions(), *(each for each in contributions(ACTIONS) if self.may(each.permission))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agents = [
            row
            | {
                "name": row["agent__name"] or row["agent__username"],
                "share": round(100 * row["verified"] / row["calls"]),
                "length": clock(row["length"]),
            }
            for row in self.rows.by_agent()
        ]
        return super().get_context_data(agents=agents, **kwargs)
