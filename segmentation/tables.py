import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, MoneyColumn, NameColumn, Numeric, Table
from crm.base.templatetags.frame import tier_badge
from segmentation.models import WaiverEntry
from segmentation.waivers import percent


class TierColumn(tables.Column):
    """The badge of a tier; in an export its name."""

    def render(self, value) -> str:
        return tier_badge(value.name, value.code)

    def value(self, value) -> str:
        return value.name


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
    business_date = DateColumn()
    reason = tables.Column(default="–")
    hidden = ("business_date", "reason")

    class Meta:
        model = WaiverEntry
        fields = ("number", "charged_on", "customer", "account", "fee_code", "tier", "percent", "amount", "waived")
        sequence = (*fields, "business_date", "reason")

    def row_url(self, record: WaiverEntry) -> str:
        return f"{reverse('customer', args=[record.customer_id])}?tab=waivers"

    def render_percent(self, value) -> str:
        return percent(value)
