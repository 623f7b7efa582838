import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from crm.base.tables import MomentColumn, NameColumn, Table
from crm.base.templatetags.frame import moment, names, tag
from managers.models import Meeting


class MeetingTable(Table):
    """Rows that lead to cancelling it, for who may, else to the customer."""

    starts_at = MomentColumn()
    customer = NameColumn()
    channel = tables.Column()
    subject = tables.Column(default="–")
    manager = tables.Column()
    reason = tables.Column(default="–")

    class Meta:
        model = Meeting
        fields = ("starts_at", "customer", "channel", "subject", "manager", "reason")
        sequence = fields

    def row_url(self, record: Meeting) -> str:
        is_ahead = record.cancelled_at is None and record.ends_at > timezone.now()
        if is_ahead and self.request.user.may("meetings:write"):
            return reverse("meeting_cancel", args=[record.pk])
        return reverse("customer", args=[record.customer_id])

    def render_starts_at(self, record: Meeting) -> str:
        ended = tag(_("cancelled"), "secondary") if record.cancelled_at else ""
        return format_html("{} {}", moment(record.starts_at), ended)

    def render_customer(self, record: Meeting) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', reverse("customer", args=[record.customer_id]), "{}")
        return format_html(shown, names(record.customer))
