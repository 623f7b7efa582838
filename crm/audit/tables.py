from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from crm.audit.models import Event
from crm.base.tables import MomentColumn, Table, TagColumn

COLOURS: dict[str, str] = {
    Event.Kind.WRITE: "blue",
    Event.Kind.READ: "secondary",
    Event.Kind.EXPORT: "orange",
    Event.Kind.SIGN_IN: "green",
}


class NarrowColumn(tables.Column):
    """A value that narrows the list to its like; `field` is the filter's name."""

    def __init__(self, field: str, *args: Any, **kwargs: Any) -> None:
        self.field = field
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return format_html('<a href="{}?{}">{}</a>', reverse("audit"), urlencode({self.field: value}), value)

    def value(self, value: Any) -> str:
        return str(value)


class EventTable(Table):
    at = MomentColumn()
    actor_label = NarrowColumn("who")
    kind = TagColumn(colours=COLOURS)
    action = NarrowColumn("action")
    object_label = tables.Column(default="–")
    data = tables.Column(default="–", orderable=False)
    request_id = NarrowColumn("request_id")
    hidden = ("request_id",)

    class Meta:
        model = Event
        fields = ("at", "actor_label", "kind", "action", "object_label", "data", "request_id")

    def row_url(self, record: Event) -> str:
        return reverse("audit_event", args=[record.pk])

    def render_data(self, value: dict[str, Any]) -> str:
        return said(value)[:90]

    def value_data(self, value: dict[str, Any]) -> str:
        return said(value)


def said(data: dict[str, Any]) -> str:
    """The details in one line."""
    return ", ".join(f"{name}: {value}" for name, value in data.items() if value not in ("", None, [], {}))
