import django_tables2 as tables
from django.urls import reverse

from crm.base.tables import MomentColumn, NameColumn, Table
from crm.base.templatetags.frame import names
from segmentation.models import ProductAnswer


class AnswerTable(Table):
    customer = NameColumn()
    product = tables.Column()
    answer = tables.Column()
    reason = tables.Column(default="–")
    note = tables.Column(default="–")
    channel = tables.Column(default="–")
    at = MomentColumn()
    by = tables.Column(default="–")
    hidden = ("note",)

    class Meta:
        model = ProductAnswer
        fields = ("customer", "product", "answer", "reason", "note", "channel", "at", "by")
        sequence = fields

    def row_url(self, record: ProductAnswer) -> str:
        return reverse("customer", args=[record.customer_id])

    def render_customer(self, record: ProductAnswer) -> str:
        return NameColumn().render(names(record.customer), record, self)
