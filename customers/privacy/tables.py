import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, LinkColumn, MomentColumn, Numeric, Table, TagColumn
from customers.models import Erasure, SubjectExport

STATES = {Erasure.State.OPEN: "blue", Erasure.State.HELD: "yellow", Erasure.State.ERASED: "green"}


class SubjectExportTable(Table):
    number = LinkColumn(verbose_name=_("Number"))
    customer = tables.Column()
    status = TagColumn(accessor="run__get_status_display", verbose_name=_("Status"))
    rows_told = Numeric(accessor="rows", verbose_name=_("rows"))
    asked_at = MomentColumn()
    asked_by = tables.Column()
    expires_at = MomentColumn()
    reason = tables.Column()
    hidden = ("reason",)

    class Meta:
        model = SubjectExport
        fields = ("number", "customer", "status", "rows_told", "asked_at", "asked_by", "expires_at", "reason")

    def row_url(self, record: SubjectExport) -> str:
        return reverse("subject_export", args=[record.pk])


class ErasureTable(Table):
    number = LinkColumn(verbose_name=_("Number"))
    customer = tables.Column()
    requester = tables.Column()
    received_on = DateColumn()
    due_on = DateColumn()
    state = TagColumn(colours=STATES)
    held_until = DateColumn()
    branch = tables.Column(default="–")
    hidden = ("branch",)

    class Meta:
        model = Erasure
        fields = ("number", "customer", "requester", "received_on", "due_on", "state", "held_until", "branch")

    def row_url(self, record: Erasure) -> str:
        return reverse("erasure", args=[record.pk])
