import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, MomentColumn, Table, TagColumn
from customers.models import Attribute

COLOURS = {"business": "secondary", "personal": "blue", "protected": "orange"}


class AttributeTable(Table):
    said = LinkColumn(verbose_name=_("Name"))
    code = tables.Column()
    type = tables.Column()
    sensitivity = TagColumn(colours=COLOURS)
    may_set_prices = tables.BooleanColumn(yesno=(_("Yes"), _("No")))
    retired_at = MomentColumn()
    deleted_at = MomentColumn()

    class Meta:
        model = Attribute
        fields = ("said", "code", "type", "sensitivity", "may_set_prices", "retired_at", "deleted_at")

    def row_url(self, record: Attribute) -> str:
        return reverse("attribute", args=[record.pk])
