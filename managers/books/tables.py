from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, NameColumn, Numeric, Table
from customers.models import Customer
from managers.models import Absence, Manager


class ManagerTable(Table):
    """Rows that lead to the page of the manager."""

    name = tables.Column(accessor="pk", verbose_name=_("Manager"))
    branch = tables.Column(default="–")
    customers = Numeric(verbose_name=_("Customers"))
    managed = Numeric(verbose_name=_("Of managed tiers"))
    load = Numeric(verbose_name=_("Load"))
    capacity = Numeric(verbose_name=_("Capacity"))
    used = Numeric(accessor="load", verbose_name=_("Used"))
    away_until = DateColumn(verbose_name=_("Back on"), default="–")

    class Meta:
        model = Manager
        fields = ("name", "branch", "customers", "managed", "load", "capacity", "used", "away_until")
        sequence = fields

    def row_url(self, record: Any) -> str:
        return reverse("manager", args=[record.pk])

    def render_name(self, record: Any) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.row_url(record), record)

    def value_name(self, record: Any) -> str:
        return str(record)

    def render_used(self, record: Any) -> str:
        return format_html("{} %", share_used(record))

    def value_used(self, record: Any) -> int:
        return share_used(record)


class UncoveredTable(Table):
    """Rows that lead to assigning a manager, for who may, else to the customer."""

    name = NameColumn(accessor="sort_key")
    branch = tables.Column(default="–")
    tier = tables.Column(accessor="tier_name", verbose_name=_("Tier"))
    why = tables.Column(accessor="pk", verbose_name=_("Why"))

    class Meta:
        model = Customer
        fields = ("name", "number", "branch", "tier", "why")
        sequence = fields

    def row_url(self, record: Any) -> str:
        name = "customer_manager" if self.request.user.may("assignments:write") else "customer"
        return reverse(name, args=[record.pk])

    def render_why(self, record: Any) -> str:
        return str(reason_of(record))

    value_why = render_why


class AbsenceTable(Table):
    since = DateColumn()
    until = DateColumn()
    cover = tables.Column(default="–")

    class Meta:
        model = Absence
        fields = ("since", "until", "kind", "cover")
        sequence = fields

    def row_url(self, record: Any) -> str:
        may_end = self.request.user.may("absences:write") and record.until > timezone.localdate()
        return reverse("absence_end", args=[record.pk]) if may_end else ""


def share_used(record: Any) -> int:
    """Of the capacity, in percent, rounded half up."""
    return (200 * record.load + record.capacity) // (2 * record.capacity)


def reason_of(customer: Any) -> Any:
    if customer.manager is None:
        return _("No manager was named")
    return (
        _("The manager has left") if not customer.manager.is_active else _("They are no relationship manager any more")
    )
