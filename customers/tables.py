from decimal import Decimal

import django_tables2 as tables
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, MomentColumn, MoneyColumn, NameColumn, Numeric, Table, TagColumn
from customers.models import Customer, FeedClosing, Interaction, Transaction

STATUS_COLOURS = {
    Customer.Status.PROSPECT: "azure",
    Customer.Status.ACTIVE: "green",
    Customer.Status.DORMANT: "secondary",
    Customer.Status.FROZEN: "orange",
    Customer.Status.CLOSED: "secondary",
    Customer.Status.DECEASED: "dark",
}


class CustomerTable(Table):
    name = NameColumn(empty_values=())
    number = tables.Column()
    kind = tables.Column()
    status = TagColumn(colours=STATUS_COLOURS)
    branch = tables.Column(default="–")
    manager = tables.Column(default="–")
    hidden = ("kind",)

    class Meta:
        model = Customer
        fields = ("name", "number", "kind", "status", "branch", "manager")
        sequence = ("name", "number", "...", "kind", "status", "branch", "manager")

    @cached_property
    def base(self) -> str:
        """Resolving an address for each row would cost more than the row."""
        return reverse("customers")

    def row_url(self, record: Customer) -> str:
        return f"{self.base}{record.pk}/"

    def value_name(self, record: Customer) -> str:
        return str(record)


class TransactionTable(Table):
    booked_on = DateColumn()
    account = tables.Column()
    kind = tables.Column(default="–")
    counterparty = tables.Column(default="–")
    description = tables.Column(default="–")
    amount = MoneyColumn(currency="account__currency", exact=True)
    channel = tables.Column(default="–")
    country = tables.Column(default="–")
    number = tables.Column()
    hidden = ("number", "channel", "country")

    class Meta:
        model = Transaction
        fields = (
            "booked_on",
            "number",
            "account",
            "kind",
            "counterparty",
            "description",
            "channel",
            "country",
            "amount",
        )


class InteractionTable(Table):
    at = MomentColumn()
    customer = NameColumn()
    channel = tables.Column()
    purpose = tables.Column()
    outcome = tables.Column()
    note = tables.Column(default="–", attrs={"td": {"class": "text-truncate note"}})
    next_on = DateColumn(default="–")
    by = tables.Column(default="–")

    class Meta:
        model = Interaction
        fields = ("at", "customer", "channel", "purpose", "outcome", "note", "next_on", "by")

    def row_url(self, record: Interaction) -> str:
        return reverse("interaction", args=[record.pk])


class ClosingTable(Table):
    """Closings of a feed: what was announced, what was there, and by how much they differ."""

    closed_at = MomentColumn()
    through = DateColumn()
    by_label = tables.Column()
    rows = Numeric(verbose_name=_("Rows announced"), default="–")
    received_rows = Numeric(default="–")
    total = Numeric(verbose_name=_("Total announced"), default="–")
    received_total = Numeric(default="–")

    class Meta:
        model = FeedClosing
        fields = ("closed_at", "through", "by_label", "rows", "received_rows", "total", "received_total")

    def render_total(self, value: Decimal) -> str:
        return f"{value:,.2f}"

    def render_received_total(self, value: Decimal) -> str:
        return f"{value:,.2f}"
