import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, MomentColumn, Numeric, Table
from customers.imports.kinds import label_of_kind
from customers.models import ImportProfile


class ProfileTable(Table):
    name = LinkColumn()
    kind = tables.Column()
    columns_ = Numeric(accessor="columns", verbose_name=_("Columns of the file"))
    changed_at = MomentColumn()
    changed_by = tables.Column(default="–")
    created_by = tables.Column(default="–")

    class Meta:
        model = ImportProfile
        fields = ("name", "kind", "columns_", "changed_at", "changed_by", "created_by")

    def row_url(self, record: ImportProfile) -> str:
        return reverse("import_profile", args=[record.pk])

    def render_kind(self, value: str) -> str:
        return label_of_kind(value)

    def render_columns_(self, value: dict) -> int:
        return len(value)
