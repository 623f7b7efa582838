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
        kwargs.setdefault("attrs", {"td": {"class": "text-nowrap"}})
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
    object_label = tables.Column(default="–", attrs={"td": {"class": "text-nowrap"}})
    data = tables.Column(default="–", attrs={"td": {"class": "text-truncate note", "lang": "en"}})
    request_id = NarrowColumn("request_id")
    hidden = ("request_id",)

    class Meta:
        model = Event
        fields = ("at", "actor_label", "kind", "action", "object_label", "data", "request_id")

    def row_url(self, record: Event) -> str:
        return reverse("audit_event", args=[record.pk])

    def render_data(self, value: dict[str, Any]) -> str:
        return said(value)

    def value_data(self, value: dict[str, Any]) -> str:
        return said(value)


def said(data: dict[str, Any]) -> str:
    """The details in one line, what is empty left out."""
    return ", ".join(f"{name}: {_plain(value)}" for name, value in data.items() if value not in ("", None, [], {}))


def details_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, _plain(value)) for name, value in data.items()]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name} {_plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return " ".join(map(_plain, value))
    return str(value)
