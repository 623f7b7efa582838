import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, LinkColumn, MomentColumn, Numeric, Table
from segmentation.models import PostingBatch


class BatchTable(Table):
    """Sent = posted + refused + open, batch by batch."""

    number = LinkColumn(accessor="pk", verbose_name=_("Batch"))
    sent_at = MomentColumn()
    sent_by = tables.Column(default="–")
    value_date = DateColumn()
    sent = Numeric(verbose_name=_("Sent"))
    posted = Numeric(verbose_name=_("Posted"))
    refused = Numeric(verbose_name=_("Refused"))
    open = Numeric(verbose_name=_("Open"))

    class Meta:
        model = PostingBatch
        fields = ("number", "sent_at", "sent_by", "value_date", "sent", "posted", "refused", "open")
        sequence = fields

    def row_url(self, record: PostingBatch) -> str:
        return reverse("posting_batch", args=[record.pk])
