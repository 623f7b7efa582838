import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, LinkColumn, MomentColumn, NameColumn, Table, TagColumn
from crm.base.templatetags.frame import names
from service.models import ServiceRequest
from service.requests.shown import COLOURS


class RequestTable(Table):
    requested_at = MomentColumn()
    number = LinkColumn(accessor="pk", verbose_name=_("Number"), attrs={"td": {"class": "text-nowrap"}})
    customer = NameColumn()
    form = tables.Column(verbose_name=_("Form"), attrs={"td": {"class": "sentence"}})
    state = TagColumn(colours=COLOURS)
    execute_on = DateColumn()
    requested_by = tables.Column()
    authorised_by = tables.Column(default="–")
    identity = tables.Column()
    reference = tables.Column(default="–")
    hidden = ("identity", "reference")

    class Meta:
        model = ServiceRequest
        fields = ("requested_at", "number", "customer", "form", "state", "execute_on", "requested_by", "authorised_by",
                  "identity", "reference")  # fmt: skip
        sequence = fields

    def row_url(self, record: ServiceRequest) -> str:
        return reverse("service_request", args=[record.pk])

    def render_number(self, record: ServiceRequest) -> str:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record)

    def render_form(self, record: ServiceRequest) -> str:
        return record.name

    def render_customer(self, record: ServiceRequest) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', reverse("customer", args=[record.customer_id]), "{}")
        return format_html(shown, names(record.customer))
