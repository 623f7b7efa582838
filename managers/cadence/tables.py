from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Numeric, Table
from crm.base.templatetags.frame import day, names, tag, tier_badge
from customers.models import Interaction
from managers.cadence.querysets import SOON
from managers.models import DueContact


def said_late(days: int) -> str:
    return ngettext("logged %(count)s day later", "logged %(count)s days later", days) % {"count": days}


class DueContactTable(Table):
    """Rows that lead to logging the contact, for who may, else to the customer."""

    due_on = DateColumn()
    customer = NameColumn()
    what = tables.Column()
    tier = tables.Column()
    last_at = DateColumn(default=gettext_lazy("never"))
    manager = tables.Column(accessor="customer__manager", verbose_name=gettext_lazy("Manager"), default="–")
    branch = tables.Column(accessor="customer__branch", verbose_name=gettext_lazy("Branch"), default="–")
    hidden = ("branch",)

    class Meta:
        model = DueContact
        fields = ("due_on", "customer", "what", "tier", "last_at", "manager", "branch")
        sequence = fields

    def row_url(self, record: DueContact) -> str:
        return reverse("customer", args=[record.customer_id])

    def render_due_on(self, value: date, record: DueContact) -> str:
        today, marks = timezone.localdate(), ""
        if value < today:
            marks = tag(_("overdue"), "red")
        elif value <= today + SOON:
            marks = tag(_("due"), "orange")
        twice = tag(_("twice as often"), "blue") if record.is_doubled else ""
        return format_html("{} {} {}", day(value), marks, twice)

    def render_customer(self, record: DueContact) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', self.url_of(record), "{}")
        return format_html(shown, names(record.customer))

    def render_tier(self, record: DueContact) -> str:
        return tier_badge(record.tier.name, record.tier.code)

    def render_last_at(self, value: datetime, record: DueContact) -> str:
        late = tag(said_late(record.days_late), "yellow") if record.days_late else ""
        return format_html("{} {}", day(value), late)

    def value_due_on(self, value: date) -> str:
        return value.isoformat()

    def value_tier(self, value: Any) -> str:
        return str(value)

    def value_last_at(self, value: datetime) -> str:
        return timezone.localdate(value).isoformat()


class LateTable(Table):
    """Contacts that somebody logged long after they were."""

    at = MomentColumn()
    created_at = MomentColumn()
    days = Numeric(accessor="days_late", verbose_name=gettext_lazy("Days later"))
    customer = NameColumn()
    channel = tables.Column()
    outcome = tables.Column()
    by = tables.Column(default="–")

    class Meta:
        model = Interaction
        fields = ("at", "created_at", "days", "customer", "channel", "outcome", "by")
        sequence = fields

    def row_url(self, record: Interaction) -> str:
        return reverse("interaction", args=[record.pk])
