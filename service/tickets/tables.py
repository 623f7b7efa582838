from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from crm.base.tables import MomentColumn, NameColumn, Table, TagColumn
from crm.base.templatetags.frame import moment, names, tag
from service.models import Ticket
from service.words import Priority, Status

STATUSES = {
    Status.NEW: "blue", Status.OPEN: "blue", Status.WAITING_CUSTOMER: "secondary", Status.WAITING_INSIDE: "yellow",
    Status.SOLVED: "green", Status.CLOSED: "secondary",
}  # fmt: skip
PRIORITIES = {Priority.URGENT: "red", Priority.HIGH: "orange", Priority.NORMAL: "secondary", Priority.LOW: "secondary"}


class TicketTable(Table):
    due_at = MomentColumn(default="–")
    number = tables.Column()
    customer = NameColumn(empty_values=())
    subject = tables.Column(attrs={"td": {"class": "sentence"}})
    kind = tables.Column()
    priority = TagColumn(colours=PRIORITIES)
    status = TagColumn(colours=STATUSES)
    queue = tables.Column(default="–")
    assignee = tables.Column(default="–")
    channel = tables.Column()
    opened_at = MomentColumn()
    due_kind = tables.Column(default="–")
    hidden = ("kind", "queue", "channel", "opened_at", "due_kind")

    class Meta:
        model = Ticket
        fields = ("due_at", "number", "customer", "subject", "kind", "priority", "status", "queue", "assignee", "channel",
                  "opened_at", "due_kind")  # fmt: skip
        sequence = fields

    def row_url(self, record: Ticket) -> str:
        return reverse("ticket", args=[record.pk])

    def render_number(self, record: Ticket) -> str:
        return format_html('<a class="name text-nowrap" href="{}">{}</a>', self.row_url(record), record.number_said)

    def render_customer(self, record: Ticket) -> str:
        return who_said(record)

    def value_customer(self, record: Ticket) -> str:
        return record.who

    def render_due_at(self, value: datetime, record: Ticket) -> str:
        return due_said(record)


def who_said(ticket: Ticket) -> Any:
    """The customer, or who brought it and is none, as the way to their page."""
    if ticket.customer is None:
        return format_html('<a class="name" href="{}">{}</a>', reverse("caller", args=[ticket.caller_id]), ticket.who)
    url = reverse("customer", args=[ticket.customer_id])
    return format_html('<a class="name" href="{}">{}</a>', url, names(ticket.customer))


def due_said(ticket: Ticket) -> Any:
    """The moment, and whether it is over or stands still."""
    if ticket.is_paused:
        return format_html("{} {}", moment(ticket.due_at), tag(_("paused"), "secondary"))
    return (
        format_html("{} {}", moment(ticket.due_at), tag(_("overdue"), "red"))
        if ticket.is_late
        else moment(ticket.due_at)
    )
