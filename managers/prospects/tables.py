from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Numeric, Table
from crm.base.templatetags.frame import names, tag
from customers.models import Customer
from managers.models import Prospect

Stage = Prospect.Stage
STAGES: dict[str, str] = {Stage.NEW: "blue", Stage.CONTACTED: "teal", Stage.QUALIFIED: "purple", Stage.CONVERTED: "green", Stage.LOST: "secondary"}  # fmt: skip

# what a prospect may turn out to be: its stage, or a record that is no prospect and no customer any more
OUTCOMES = {str(value): label for value, label in Stage.choices} | {str(each): each.label for each in Customer.GONE}


def days_to_money(record: Any) -> int | None:
    """From the first contact to the first balance."""
    if record.first_contact is None or record.first_balance is None:
        return None
    return max((record.first_balance - timezone.localdate(record.first_contact)).days, 0)


class ProspectTable(Table):
    customer = NameColumn()
    outcome = tables.Column(verbose_name=pgettext_lazy("a prospect", "Status"))
    source = tables.Column()
    manager = tables.Column(accessor="customer__manager", verbose_name=_("Manager"), default="–")
    next_step = tables.Column(default="–")
    next_on = DateColumn(default="–")
    first_contact = MomentColumn(verbose_name=_("First contact"), default="–")
    first_balance = DateColumn(verbose_name=_("First balance"), default="–")
    days = Numeric(accessor="pk", verbose_name=_("Days between"))
    noted_at = MomentColumn()
    hidden = ("noted_at",)

    class Meta:
        model = Prospect
        fields = ("customer", "outcome", "source", "manager", "next_step", "next_on", "first_contact", "first_balance",
                  "days", "noted_at")  # fmt: skip
        sequence = fields

    def row_url(self, record: Any) -> str:
        return reverse("prospect", args=[record.pk])

    def render_customer(self, record: Any) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.url_of(record), names(record.customer))

    def render_outcome(self, value: str) -> str:
        return tag(OUTCOMES[value], STAGES.get(value, "secondary"))

    def value_outcome(self, value: str) -> str:
        return value

    def render_days(self, record: Any) -> str:
        days = days_to_money(record)
        return "–" if days is None else f"{days:,}"

    def value_days(self, record: Any) -> int | None:
        return days_to_money(record)
