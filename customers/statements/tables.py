import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Numeric, Table
from customers.models import StatementPrint


class StatementTable(Table):
    printed_at = MomentColumn()
    number = tables.Column(verbose_name=_("Print number"))
    customer = NameColumn()
    account = tables.Column()
    since = DateColumn()
    until = DateColumn()
    mark = tables.Column(verbose_name=_("Copy"))
    lines = Numeric()
    by = tables.Column()
    branch = tables.Column(default="–")

    class Meta:
        model = StatementPrint
        fields = ("printed_at", "number", "customer", "account", "since", "until", "mark", "lines", "by", "branch")

    def row_url(self, record: StatementPrint) -> str:
        return reverse("customer", args=[record.customer_id])
