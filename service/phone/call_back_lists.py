"""Call-backs: what is promised, first what is due first."""

from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Empty, ListPage
from crm.base.tables import MomentColumn, Table, TagColumn
from crm.base.templatetags.frame import moment, tag
from service.models import CallBack
from service.phone.filters import CallBackFilter

CALL_BACKS = (_("Call-backs"), "call_backs")
ROWS = CallBack.objects.select_related("customer__manager", "caller", "taken_by", "booked_by")
State = CallBack.State
COLOURS = {
    State.BOOKED: "blue",
    State.MISSED: "red",
    State.TAKEN: "yellow",
    State.DONE: "green",
    State.CANCELLED: "secondary",
}


class CallBackTable(Table):
    due_at = MomentColumn()
    who = tables.Column(accessor="pk", verbose_name=_("Whom"))
    topic = tables.Column(attrs={"td": {"class": "sentence"}})
    state = TagColumn(colours=COLOURS)
    by_manager = tables.BooleanColumn()
    taken_by = tables.Column(default="–")

    class Meta:
        model = CallBack
        fields = ("due_at", "who", "topic", "state", "by_manager", "taken_by")
        sequence = fields

    def row_url(self, record: CallBack) -> str:
        return reverse("call_back", args=[record.pk])

    def render_who(self, record: CallBack) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.row_url(record), record.who)

    def value_who(self, record: CallBack) -> str:
        return record.who

    def render_due_at(self, value: Any, record: CallBack) -> str:
        is_late = record.is_late(timezone.now())
        return format_html("{} {}", moment(value), tag(_t("due"), "red")) if is_late else moment(value)


class CallBackList(ListPage):
    """Open ones, unless one asks for others."""

    permission = "call-backs:read"
    title = _("Call-backs")
    parents = [(_("Calls"), "calls")]
    queryset = ROWS
    filterset_class = CallBackFilter
    table_class = CallBackTable
    ordering_fields = {"due_at": "due_at"}
    ordering = "due_at"
    empty = Empty(
        _("Nobody waits for a call"),
        _("What was promised stands here until it is kept, what is due first first."),
        icon="phone-outgoing",
    )

    @cached_property
    def rows(self) -> QuerySet:
        return super().rows if self.request.GET.get("state") else super().rows.open()
