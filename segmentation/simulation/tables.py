from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, MoneyColumn, Numeric, Table, TagColumn
from crm.base.templatetags.frame import names, tier_badge
from crm.jobs.tables import STATUS_COLOURS
from customers.masking import pseudonym
from segmentation.models import SimulatedTier, Simulation


class SimulationTable(Table):
    business_date = LinkColumn()
    status = TagColumn(accessor="run__status", colours=STATUS_COLOURS, verbose_name=_("status"))
    customers = Numeric(accessor="run__result__customers", verbose_name=_("Customers"), default="–")
    movers = Numeric(accessor="run__result__movers", verbose_name=_("Movers"), default="–")
    by = tables.Column(accessor="run__started_by", verbose_name=_("started by"), default="–")

    class Meta:
        model = Simulation
        fields = ("business_date", "status", "customers", "movers", "by")

    def row_url(self, record: Simulation) -> str:
        return reverse("simulation", args=[record.pk])


class MoverTable(Table):
    """`is_masked`: who sees no customer reads pseudonyms. `names` are tiers by code."""

    customer = tables.Column(verbose_name=_("customer"))
    branch = tables.Column(accessor="customer__branch", verbose_name=_("branch"), default="–")
    published = tables.Column(verbose_name=_("as published"), empty_values=())
    draft = tables.Column(verbose_name=_("under the draft"), empty_values=())
    measure = MoneyColumn(verbose_name=_("Figure"), default="–")
    balance = MoneyColumn(verbose_name=_("balance"), default="–")

    class Meta:
        model = SimulatedTier
        fields = ("customer", "branch", "published", "draft", "measure", "balance")

    def __init__(self, *args: Any, is_masked: bool = False, names: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.is_masked, self.tiers = is_masked, names or {}
        super().__init__(*args, **kwargs)

    def row_url(self, record: SimulatedTier) -> str:
        return "" if self.is_masked else reverse("customer", args=[record.customer_id])

    def render_customer(self, record: SimulatedTier) -> str:
        return pseudonym(record.customer.number) if self.is_masked else names(record.customer)

    def value_customer(self, record: SimulatedTier) -> str:
        return pseudonym(record.customer.number) if self.is_masked else str(record.customer)

    def render_published(self, value: str) -> str:
        return tier_badge(self.tiers.get(value, value), value) if value else "–"

    def value_published(self, value: str) -> str:
        return value

    def render_draft(self, value: str) -> str:
        return self.render_published(value)

    def value_draft(self, value: str) -> str:
        return value
