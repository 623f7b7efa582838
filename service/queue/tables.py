from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.tables import MomentColumn, Numeric, Table, TagColumn
from crm.base.templatetags.frame import tier_badge
from service.models import BusinessKind, Counter, QueueNumber

State = QueueNumber.State
STATES = {
    State.WAITING: "blue", State.TRANSFERRED: "yellow", State.CALLED: "orange", State.RECALLED: "orange", State.SERVING: "teal",
    State.SERVED: "green", State.NO_SHOW: "secondary",
}  # fmt: skip


class NumberTable(Table):
    taken_at = MomentColumn()
    number = tables.Column(empty_values=(), verbose_name=_("Number"))
    kind = tables.Column()
    tier = tables.Column(default="–")
    state = TagColumn(colours=STATES)
    wait = Numeric(empty_values=(), verbose_name=_("Waited, minutes"))
    counter = tables.Column(default="–")
    queue = tables.Column()
    found_by = tables.Column()
    called_at = MomentColumn(default="–")
    ended_at = MomentColumn(default="–")
    hidden = ("queue", "found_by", "called_at", "ended_at")

    class Meta:
        model = QueueNumber
        fields = (
            "taken_at",
            "number",
            "kind",
            "tier",
            "state",
            "wait",
            "counter",
            "queue",
            "found_by",
            "called_at",
            "ended_at",
        )
        sequence = fields

    def row_url(self, record: QueueNumber) -> str:
        return reverse("queue_number", args=[record.pk])

    def render_number(self, record: QueueNumber) -> str:
        return format_html('<a class="name text-nowrap" href="{}">{}</a>', self.row_url(record), record)

    def render_tier(self, record: QueueNumber) -> Any:
        return tier_badge(record.tier.name, record.tier.code) if record.tier else "–"

    def render_wait(self, record: QueueNumber) -> str:
        return f"{(record.called_at - record.taken_at).total_seconds() / 60:.0f}" if record.called_at else "–"


class CounterTable(Table):
    number = Numeric()
    queue = tables.Column()
    served = tables.Column(empty_values=(), verbose_name=_("Kinds of business"))
    is_vip = tables.BooleanColumn()
    is_used = tables.BooleanColumn()
    teller = tables.Column(default="–")

    class Meta:
        model = Counter
        fields = ("number", "queue", "served", "is_vip", "is_used", "teller")
        sequence = fields

    def row_url(self, record: Counter) -> str:
        return reverse("counter", args=[record.pk]) if self.request.user.may("counters:write") else ""

    def render_served(self, record: Counter) -> str:
        return ", ".join(str(kind) for kind in record.kinds.all())


class KindTable(Table):
    letter = tables.Column()
    name = tables.Column()
    code = tables.Column()
    is_offered = tables.BooleanColumn()

    class Meta:
        model = BusinessKind
        fields = ("letter", "name", "code", "is_offered")
        sequence = fields

    def row_url(self, record: BusinessKind) -> str:
        return reverse("business_kind", args=[record.pk]) if self.request.user.may("business-kinds:write") else ""
