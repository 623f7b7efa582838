from datetime import date, timedelta

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, MomentColumn, MoneyColumn, NameColumn, Numeric, Table
from crm.base.templatetags.frame import tier_badge
from segmentation.models import PolicyDraft, TierOverride, WaiverEntry
from segmentation.waivers import percent, posting_of


class DraftTable(Table):
    name = tables.Column()
    kind = tables.Column()
    base = Numeric()
    saved_at = MomentColumn()

    class Meta:
        model = PolicyDraft
        fields = ("name", "kind", "base", "saved_at")

    def row_url(self, record: PolicyDraft) -> str:
        return reverse("draft", args=[record.pk])

    def render_name(self, record: PolicyDraft) -> str:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def render_base(self, value: int) -> str:
        return str(value) if value else "–"


class TierColumn(tables.Column):
    """The badge of a tier; in an export its name."""

    def render(self, value) -> str:
        return tier_badge(value.name, value.code)

    def value(self, value) -> str:
        return value.name


class OverrideTable(Table):
    customer = NameColumn()
    kind = tables.Column()
    tier = TierColumn()
    since = DateColumn()
    until = DateColumn()
    ended_on = DateColumn(default="–")
    reason = tables.Column()
    approved_by = tables.Column(default="–")

    class Meta:
        model = TierOverride
        fields = ("customer", "kind", "tier", "since", "until", "ended_on", "reason", "approved_by")
        sequence = fields

    def row_url(self, record: TierOverride) -> str:
        return reverse("customer_why", args=[record.customer_id])

    def render_until(self, value: date) -> str:
        """People read the last day; REST and exports the first one after it."""
        return DateColumn().render(value - timedelta(days=1))


class WaiverTable(Table):
    number = Numeric(verbose_name=_("Entry"))
    charged_on = DateColumn()
    customer = NameColumn()
    account = tables.Column()
    fee_code = tables.Column(accessor="charge__fee", verbose_name=_("Fee"))
    tier = TierColumn()
    percent = Numeric()
    amount = MoneyColumn(exact=True)
    waived = MoneyColumn(exact=True)
    posting = tables.Column(empty_values=(), verbose_name=_("Posting"))
    business_date = DateColumn()
    exemption = tables.Column(default="–")
    reason = tables.Column(default="–")
    hidden = ("business_date", "exemption", "reason")

    class Meta:
        model = WaiverEntry
        fields = ("number", "charged_on", "customer", "account", "fee_code", "tier", "percent", "amount", "waived")
        sequence = (*fields, "posting", "business_date", "exemption", "reason")

    def row_url(self, record: WaiverEntry) -> str:
        return f"{reverse('customer', args=[record.customer_id])}?tab=waivers"

    def render_percent(self, value) -> str:
        return percent(value)

    def render_posting(self, record: WaiverEntry) -> str:
        return posting_of(record)
