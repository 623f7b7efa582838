from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, MomentColumn, Table, TemplateCell
from crm.identity.models import Notification


class NotificationTable(Table):
    text = LinkColumn(verbose_name=_("alert"))
    at = MomentColumn()
    read_at = TemplateCell("identity/_alert_state.html", verbose_name=_("state"), empty_values=())

    class Meta:
        model = Notification
        fields = ("text", "at", "read_at")

    def row_url(self, record: Notification) -> str:
        return reverse("notification", args=[record.pk])
