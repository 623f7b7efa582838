import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import NameColumn, Table, TagColumn
from customers.masking import pseudonym
from customers.models import Customer
from customers.tables import STATUS_COLOURS


class MovedTable(Table):
    """The customers of a cell, in reach."""

    name = NameColumn(empty_values=())
    number = tables.Column()
    status = TagColumn(colours=STATUS_COLOURS)
    branch = tables.Column(default="–")
    manager = tables.Column(default="–")

    class Meta:
        model = Customer
        fields = ("name", "number", "status", "branch", "manager")

    def row_url(self, record: Customer) -> str:
        return reverse("customer_decisions", args=[record.pk])

    def value_name(self, record: Customer) -> str:
        return str(record)


class PseudonymTable(Table):
    """The same for who sees no customer: nothing by which one is known."""

    pseudonym = tables.Column(empty_values=(), verbose_name=_("Pseudonym"))
    branch = tables.Column(default="–")

    class Meta:
        model = Customer
        fields = ("pseudonym", "branch")

    def render_pseudonym(self, record: Customer) -> str:
        return pseudonym(record.number)

    def value_pseudonym(self, record: Customer) -> str:
        return pseudonym(record.number)
