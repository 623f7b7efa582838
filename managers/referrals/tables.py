import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.tables import MomentColumn, NameColumn, Table, TagColumn
from crm.base.templatetags.frame import moment, names, tag
from managers.models import Referral

STATES = {Referral.State.WAITING: "blue", Referral.State.ACCEPTED: "green", Referral.State.DECLINED: "secondary"}


class ReferralTable(Table):
    """Rows that lead to the answer, for who may give it, else to the customer."""

    referred_at = MomentColumn()
    customer = NameColumn()
    family = tables.Column()
    note = tables.Column(default="–")
    state = TagColumn(colours=STATES)
    credited_at = MomentColumn(verbose_name=gettext_lazy("Sold"), default="–")
    due_at = MomentColumn()
    referred_by = tables.Column()
    manager = tables.Column(accessor="customer__manager", verbose_name=gettext_lazy("Manager"), default="–")
    answered_by = tables.Column(default="–")
    answered_at = MomentColumn(default="–")
    reason = tables.Column(default="–")
    hidden = ("manager", "answered_by", "answered_at")

    class Meta:
        model = Referral
        fields = ("referred_at", "customer", "family", "note", "state", "credited_at", "due_at", "referred_by", "manager",
                  "answered_by", "answered_at", "reason")  # fmt: skip
        sequence = fields

    def row_url(self, record: Referral) -> str:
        may_answer = record.state == Referral.State.WAITING and self.request.user.may("opportunities:write")
        name = "referral_answer" if may_answer else "customer"
        return reverse(name, args=[record.pk if may_answer else record.customer_id])

    def render_customer(self, record: Referral) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', self.url_of(record), "{}")
        return format_html(shown, names(record.customer))

    def render_due_at(self, record: Referral) -> str:
        if record.state != Referral.State.WAITING or not record.escalated_at:
            return moment(record.due_at)
        return format_html("{} {}", moment(record.due_at), tag(_("with the head"), "red"))
