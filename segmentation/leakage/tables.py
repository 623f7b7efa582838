from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, LinkColumn, MoneyColumn, Numeric, Table, TagColumn
from crm.base.templatetags.frame import names
from crm.jobs.tables import STATUS_COLOURS
from customers.masking import pseudonym
from segmentation.models import Leak, WaiverCheck
from segmentation.tables import TierColumn


class SpanColumn(LinkColumn):
    def render(self, value: Any, record: WaiverCheck, table: Table) -> str:
        return super().render(str(record), record, table)


class CheckTable(Table):
    span = SpanColumn(accessor="since", verbose_name=_("Charges of"))
    policy = tables.Column(default=_("as in force"))
    tiers_on = DateColumn(default=_("of each charge's day"))
    status = TagColumn(accessor="run__status", colours=STATUS_COLOURS, verbose_name=_("status"))
    found = Numeric(accessor="pk", verbose_name=_("Leaks"))
    by = tables.Column(accessor="run__started_by", verbose_name=_("started by"), default="–")

    class Meta:
        model = WaiverCheck
        fields = ("span", "policy", "tiers_on", "status", "found", "by")

    def row_url(self, record: WaiverCheck) -> str:
        return reverse("waiver_check", args=[record.pk])

    def render_found(self, record: WaiverCheck) -> str:
        return f"{record.run.result['leaks']:,}" if record.run.has_ended else "–"


class LeakTable(Table):
    """`is_masked`: who sees no customer reads pseudonyms."""

    charged_on = DateColumn()
    customer = tables.Column(verbose_name=_("customer"))
    charge = tables.Column(verbose_name=_("Charge"))
    fee_code = tables.Column(accessor="charge__fee", verbose_name=_("Fee"))
    tier = TierColumn(default="–")
    amount = MoneyColumn(exact=True)
    waived = MoneyColumn(exact=True)
    due = MoneyColumn(exact=True)
    exemption = tables.Column(default="–")
    waits = tables.Column()
    hidden = ("exemption",)

    class Meta:
        model = Leak
        fields = (
            "charged_on",
            "customer",
            "charge",
            "fee_code",
            "tier",
            "amount",
            "waived",
            "due",
            "exemption",
            "waits",
        )

    def __init__(self, *args: Any, is_masked: bool = False, **kwargs: Any) -> None:
        self.is_masked = is_masked
        super().__init__(*args, **kwargs)

    def row_url(self, record: Leak) -> str:
        return "" if self.is_masked else f"{reverse('customer', args=[record.customer_id])}?tab=waivers"

    def render_waits(self, value: bool) -> str:
        return str(_("yes")) if value else "–"

    def render_customer(self, record: Leak) -> str:
        return pseudonym(record.customer.number) if self.is_masked else names(record.customer)

    def value_customer(self, record: Leak) -> str:
        return pseudonym(record.customer.number) if self.is_masked else str(record.customer)
