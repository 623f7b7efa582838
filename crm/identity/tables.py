import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.slots import contributions
from crm.base.tables import LinkColumn, MomentColumn, Table, TemplateCell
from crm.identity.models import Notification, User


class NotificationTable(Table):
    text = LinkColumn(verbose_name=_("alert"))
    at = MomentColumn()
    read_at = TemplateCell("identity/_alert_state.html", verbose_name=_("state"), empty_values=())

    class Meta:
        model = Notification
        fields = ("text", "at", "read_at")

    def row_url(self, record: Notification) -> str:
        return reverse("notification", args=[record.pk])


class UserTable(Table):
    username = LinkColumn()
    name = tables.Column()
    role = tables.Column()
    branch = tables.Column(default="–")
    is_active = tables.Column(verbose_name=_("account"))
    last_login = MomentColumn(default="–")

    class Meta:
        model = User
        fields = ("username", "name", "role", "branch", "is_active", "last_login")

    def row_url(self, record: User) -> str:
        asked = (where(record, self.request.user) for where in contributions("identity.user_row"))
        return next((url for url in asked if url), "")

    def render_is_active(self, value: bool) -> str:
        return str(_("open") if value else _("closed"))

    def value_is_active(self, value: bool) -> str:
        return self.render_is_active(value)
