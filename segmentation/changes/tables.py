import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Table
from crm.base.templatetags.frame import names
from segmentation.models import Change


class ChangeTable(Table):
    day = DateColumn()
    customer = NameColumn()
    what = tables.Column(accessor="pk", verbose_name=gettext_lazy("What happened"), attrs={"td": {"class": "sentence"}})
    rule = tables.Column(accessor="rule__name", verbose_name=gettext_lazy("Rule"))
    kind = tables.Column()
    manager = tables.Column(accessor="customer__manager", verbose_name=gettext_lazy("Manager"), default="–")
    due_on = DateColumn()
    noticed_at = MomentColumn()
    hidden = ("kind", "noticed_at")

    class Meta:
        model = Change
        fields = ("day", "customer", "what", "rule", "kind", "manager", "due_on", "noticed_at")
        sequence = fields

    def row_url(self, record: Change) -> str:
        return reverse("customer", args=[record.customer_id])

    def render_customer(self, record: Change) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', reverse("customer", args=[record.customer_id]), "{}")
        return format_html(shown, names(record.customer))

    def render_what(self, record: Change) -> str:
        why = reverse("change_why", args=[record.pk])
        return format_html(
            '{} <a class="why text-decoration-underline" href="{}" hx-get="{}" hx-target="#dialog" aria-label="{}">{}</a>',
            str(record),
            why,
            why,
            _("Why: %(what)s") % {"what": record},
            _("why?"),
        )

    def value_what(self, record: Change) -> str:
        return str(record)
