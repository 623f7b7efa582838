import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, MoneyColumn, NameColumn, Table
from crm.base.templatetags.frame import money, names, tag
from managers.handovers.watching import change_of
from managers.models import Handover


class HandoverTable(Table):
    """`now` is the balance of the data date, beside the one at the handover."""

    handed_on = DateColumn()
    customer = NameColumn()
    giver = tables.Column()
    receiver = tables.Column()
    balance = MoneyColumn()
    now = tables.Column(
        accessor="balance_now",
        verbose_name=_("Now"),
        attrs={"td": {"class": "text-end figure"}, "th": {"class": "text-end"}},
        default="–",
    )
    watched_until = DateColumn()
    reason = tables.Column(default="–", attrs={"td": {"class": "sentence"}})
    hidden = ("reason",)

    class Meta:
        model = Handover
        fields = ("handed_on", "customer", "giver", "receiver", "balance", "now", "watched_until", "reason")
        sequence = fields

    def row_url(self, record: Handover) -> str:
        return reverse("handover", args=[record.pk])

    def render_customer(self, record: Handover) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.row_url(record), names(record.customer))

    def render_now(self, record: Handover) -> str:
        change = change_of(record)
        shown = money(record.balance_now, record.currency)  # type: ignore[attr-defined]  # by the annotation
        return format_html("{} {}", shown, tag(change.said, change.colour)) if change else shown

    def value_now(self, record: Handover) -> str:
        return str(record.balance_now)  # type: ignore[attr-defined]
