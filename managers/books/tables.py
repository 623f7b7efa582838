from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, NameColumn, Table
from customers.models import Customer
from managers.models import Absence


class UncoveredTable(Table):
    """Rows that lead to assigning a manager, for who may, else to the customer."""

    name = NameColumn(accessor="sort_key")
    branch = tables.Column(default="–")
    tier = tables.Column(accessor="tier_name", verbose_name=_("Tier"))
    rule = tables.Column(accessor="managed__rule", verbose_name=_("Rule"))
    why = tables.Column(accessor="pk", verbose_name=_("Why"))

    class Meta:
        model = Customer
        fields = ("name", "number", "branch", "tier", "rule", "why")
        sequence = fields

    def row_url(self, record: Any) -> str:
        name = "customer_manager" if self.request.user.may("assignments:write") else "customer"
        return reverse(name, args=[record.pk])

    def render_rule(self, value: str) -> str:
        return translate(value)

    value_rule = render_rule

    def render_why(self, record: Any) -> str:
        return reason_of(record)

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
    return share(record.load, record.capacity)


def share(load: int, capacity: int) -> int:
    """Of the capacity, in percent, rounded half up."""
    return (200 * load + capacity) // (2 * capacity)


def reason_of(customer: Any) -> str:
    """Why they have nobody, and why the night gave them nobody."""
    said = [_("No manager was named")]
    if customer.manager:
        has_left = not customer.manager.is_active
        said = [_("The manager has left") if has_left else _("They are no relationship manager any more")]
    if customer.managed.reason:
        said.append(customer.managed.get_reason_display())
    return " · ".join(map(str, said))
