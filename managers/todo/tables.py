from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Table, TagColumn
from crm.base.templatetags.frame import names, tag
from managers.models import Task

STATES = {Task.State.OPEN: "blue", Task.State.DONE: "green", Task.State.DISMISSED: "secondary"}


class DueColumn(DateColumn):
    def render(self, value: date, record: Task) -> str:  # type: ignore[override]  # by name, as tables give them
        shown = super().render(value)
        return format_html("{} {}", shown, tag(_("overdue"), "red")) if record.is_late else shown


class TaskTable(Table):
    """Rows that lead to closing the task, for who may, else to the customer."""

    due_on = DueColumn()
    customer = NameColumn(accessor="concerns", verbose_name=gettext_lazy("Customer"))
    task = tables.Column(accessor="pk", verbose_name=gettext_lazy("What to do"), attrs={"td": {"class": "sentence"}})
    kind = tables.Column()
    manager = tables.Column(accessor="looked_after_by", verbose_name=gettext_lazy("Manager"), default="–")
    opened_at = MomentColumn()
    hidden: tuple[str, ...] = ("kind", "opened_at")

    class Meta:
        model = Task
        fields: tuple[str, ...] = ("due_on", "customer", "task", "kind", "manager", "opened_at")
        sequence = fields

    def row_url(self, record: Task) -> str:
        may_close = record.state == Task.State.OPEN and self.request.user.may("tasks:write")
        return reverse("task_close", args=[record.pk]) if may_close else record.place

    def render_customer(self, record: Task) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', record.place, "{}")
        return format_html(shown, names(record.customer) if record.customer else record.manager)

    def render_task(self, record: Task) -> str:
        if not record.why:
            return str(record)
        link = '{} <a class="why text-decoration-underline" href="{}" hx-get="{}" hx-target="#dialog" aria-label="{}">{}</a>'
        return format_html(link, str(record), record.why, record.why, _("Why: %(task)s") % {"task": record}, _("why?"))

    def value_task(self, record: Task) -> str:
        return str(record)


class ClosedTaskTable(TaskTable):
    state = TagColumn(colours=STATES)
    closed_at = MomentColumn()
    closed_by = tables.Column(default=gettext_lazy("by itself"))
    remark = tables.Column(default="–")
    hidden = ("kind", "opened_at", "manager", "due_on")

    class Meta(TaskTable.Meta):
        fields = ("closed_at", "customer", "task", "state", "closed_by", "remark", "due_on", "kind", "manager", "opened_at")  # fmt: skip
        sequence = fields
