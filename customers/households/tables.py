import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, Numeric, Table
from customers.models import Household


class HouseholdTable(Table):
    name = LinkColumn()
    number = tables.Column()
    member_count = Numeric(verbose_name=_("Members"))

    class Meta:
        model = Household
        fields = ("name", "number", "member_count")

    def row_url(self, record: Household) -> str:
        return reverse("household", args=[record.pk])
