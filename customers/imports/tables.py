import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, MomentColumn, Numeric, Table, TagColumn
from crm.jobs.models import Run
from customers.imports.kinds import label_of_kind
from customers.imports.messages import message_of
from customers.models import ImportBatch

STATUS_COLOURS = {
    Run.Status.QUEUED: "secondary",
    Run.Status.RUNNING: "blue",
    Run.Status.COMPLETED: "green",
    Run.Status.COMPLETED_WITH_ERRORS: "orange",
    Run.Status.WAITING: "purple",
    Run.Status.FAILED: "red",
}


class ImportTable(Table):
    filename = LinkColumn(verbose_name=_("File"))
    kind = tables.Column()
    status = TagColumn(accessor="run__status", verbose_name=_("Status"), colours=STATUS_COLOURS)
    rows = Numeric()
    rejected = Numeric()
    unchanged = Numeric()
    at = MomentColumn(accessor="run__created_at", verbose_name=_("Came in"))
    uploaded_by = tables.Column(default="–")

    class Meta:
        model = ImportBatch
        fields = ("filename", "kind", "status", "rows", "rejected", "unchanged", "at", "uploaded_by")

    def row_url(self, record: ImportBatch) -> str:
        return reverse("import", args=[record.pk])

    def render_kind(self, value: str) -> str:
        return label_of_kind(value)

    def render_status(self, value: str, record: ImportBatch, bound_column) -> str:
        column: TagColumn = bound_column.column
        return TagColumn.render(column, record.run.get_status_display(), record, bound_column)


class ErrorTable(Table):
    line = Numeric()
    column = tables.Column(default="–")
    code = tables.Column()
    message = tables.Column(accessor="code", verbose_name=_("What is wrong"))
    value = tables.Column(default="–", verbose_name=_("Value, masked"))

    def render_message(self, record) -> str:
        return message_of(record.code)
