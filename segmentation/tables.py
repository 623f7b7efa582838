from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.money import rounded
from crm.base.tables import DateColumn, MomentColumn, MoneyColumn, NameColumn, Numeric, Table, TagColumn
from crm.base.templatetags.frame import money, tier_badge
from segmentation.models import PolicyDraft, TierDecision, WaiverEntry
from segmentation.rules import FIELDS, Field, Type, spoken, value_of
from segmentation.waivers import percent

OUTCOMES: dict[str, str] = {
    TierDecision.Outcome.PLACED: "secondary",
    TierDecision.Outcome.UP: "green",
    TierDecision.Outcome.DOWN: "red",
    TierDecision.Outcome.KEPT: "secondary",
    TierDecision.Outcome.WATCH: "orange",
    TierDecision.Outcome.HELD: "yellow",
    TierDecision.Outcome.CHARGED: "orange",
}


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


class DecisionTable(Table):
    business_date = DateColumn()
    outcome = TagColumn(colours=OUTCOMES)
    tier_before = TierColumn(verbose_name=pgettext_lazy("tier", "From"), default="–")
    tier_after = TierColumn(verbose_name=pgettext_lazy("tier", "To"))
    effective_from = DateColumn()
    measure = Numeric(verbose_name=_("Figure"), empty_values=())
    months_below = Numeric()
    scheme_version = tables.Column()

    class Meta:
        model = TierDecision
        fields = ("business_date", "outcome", "tier_before", "tier_after", "effective_from", "measure")
        sequence = (*fields, "months_below", "scheme_version")

    def row_url(self, record: TierDecision) -> str:
        return f"{reverse('customer_why', args=[record.customer_id])}?on={record.effective_from}"

    def render_business_date(self, record: TierDecision) -> str:
        shown = DateColumn().render(record.business_date)
        return format_html('<a href="{}">{}</a>', self.row_url(record), shown)

    def render_measure(self, record: TierDecision) -> str:
        field, value = _measured(record)
        currency = record.scheme_version.currency
        return money(value, currency, "exact") if field.type == Type.MONEY else spoken(field, value)

    def value_measure(self, record: TierDecision):
        field, value = _measured(record)
        if value is None:
            return ""
        return rounded(value, record.scheme_version.currency) if field.type == Type.MONEY else value


def _measured(record: TierDecision) -> tuple[Field, Any]:
    field = FIELDS[record.scheme_version.measure]
    return field, value_of(field, record.figures, record.business_date)


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
