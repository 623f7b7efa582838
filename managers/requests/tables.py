from typing import Any

import django_tables2 as tables
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, MomentColumn, MoneyColumn, NameColumn, Numeric, Table
from crm.base.templatetags.frame import money, names, tag
from managers.models import Manager, ResourceRequest
from managers.requests.proposals import percent

State = ResourceRequest.State
STATES = {State.WAITING: "blue", State.PROPOSED: "purple", State.GRANTED: "green", State.DECLINED: "secondary"}


class RequestTable(Table):
    customer = NameColumn()
    request = tables.Column(accessor="pk", verbose_name=_("Request"))
    outcome = tables.Column(verbose_name=_("State"))
    amount = MoneyColumn()
    price = Numeric(default="–")
    cost = MoneyColumn()
    valid_until = DateColumn()
    asked_at = MomentColumn()
    asked_by = tables.Column()
    decided_by = tables.Column(default="–")
    hidden = ("decided_by",)

    class Meta:
        model = ResourceRequest
        fields = ("customer", "request", "outcome", "amount", "price", "cost", "valid_until", "asked_at", "asked_by",
                  "decided_by")  # fmt: skip
        sequence = fields

    def row_url(self, record: Any) -> str:
        return reverse("resource_request", args=[record.pk])

    def render_customer(self, record: Any) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', reverse("customer", args=[record.customer_id]), "{}")
        return format_html(shown, names(record.customer))

    def render_request(self, record: Any) -> str:
        return format_html('<a href="{}">{}</a>', self.url_of(record), record)

    def value_request(self, record: Any) -> str:
        return str(record)

    def render_price(self, value: Any) -> str:
        return percent(value)

    def value_price(self, value: Any) -> str:
        return str(value)

    def render_outcome(self, value: str) -> str:
        return tag(State(value).label, STATES[State(value)])

    def value_outcome(self, value: str) -> str:
        return value


class _Money(Numeric):
    def render(self, value: Any) -> str:
        return money(value, settings.CRM_BASE_CURRENCY)

    def value(self, value: Any) -> Any:
        return value


class GrantTable(Table):
    """Of each manager what was granted against what was kept; each figure leads to its list."""

    name = tables.Column(accessor="pk", verbose_name=_("Manager"))
    branch = tables.Column(default="–")
    granted = Numeric(verbose_name=_("Granted"))
    holding = Numeric(verbose_name=_("Hold today"))
    forgone = _Money(verbose_name=_("Cost per year of those"))
    kept = Numeric(verbose_name=_("Checks kept"))
    unkept = Numeric(verbose_name=_("Checks not kept"))

    class Meta:
        model = Manager
        fields = ("name", "branch", "granted", "holding", "forgone", "kept", "unkept")
        sequence = fields

    def row_url(self, record: Any) -> str:
        return f"{reverse('resource_requests')}?asked_by={record.username}&outcome=granted"

    def render_name(self, record: Any) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.row_url(record), record)

    def value_name(self, record: Any) -> str:
        return str(record)

    def render_unkept(self, value: int, record: Any) -> str:
        url = f"{self.row_url(record)}&is_broken=true"
        return format_html('<a class="text-decoration-underline" href="{}">{}</a>', url, value) if value else "0"

    def value_unkept(self, value: int) -> int:
        return value
