import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, MomentColumn, Numeric, Table, TagColumn
from crm.jobs.models import Partition, RowError, Run
from crm.jobs.tables import STATUS_COLOURS

STEPS = {"held": _("figures"), "facts": _("facts"), "tiers": _("tiers"), "waivers": _("waivers")}


class RunTable(Table):
    business_date = LinkColumn()
    status = TagColumn(colours=STATUS_COLOURS)
    customers = Numeric(accessor="result__customers", verbose_name=_("Customers"), default="–")
    moves = Numeric(accessor="result__tier_moves", verbose_name=_("Tier moves"), default="–")
    waivers = Numeric(accessor="result__waiver_entries", verbose_name=_("Waiver entries"), default="–")
    waived = tables.Column(
        accessor="result__waived",
        verbose_name=_("Waived"),
        default="–",
        attrs={"th": {"class": "text-end"}, "td": {"class": "text-end figure"}},
    )
    started_at = MomentColumn(default="–")
    started_by = tables.Column(default=_("the clock"))

    class Meta:
        model = Run
        fields = ("business_date", "status", "customers", "moves", "waivers", "waived", "started_at", "started_by")

    def row_url(self, record: Run) -> str:
        return reverse("run", args=[record.pk])

    def render_waived(self, value: dict[str, str]) -> str:
        return ", ".join(f"{amount} {currency}" for currency, amount in value.items()) or "–"

    def value_waived(self, value: dict[str, str]) -> str:
        return self.render_waived(value)

    def value_business_date(self, value) -> str:
        return value.isoformat()


class PartitionTable(Table):
    number = Numeric()
    status = TagColumn(
        colours={
            Partition.Status.CLAIMED: "blue",
            Partition.Status.DONE: "green",
            Partition.Status.SPLIT: "orange",
            Partition.Status.FAILED: "red",
        }
    )
    size = Numeric(empty_values=(), verbose_name=_("Customer numbers"))
    steps = tables.Column(empty_values=(), verbose_name=_("Milliseconds per step"))
    attempts = Numeric()
    worker = tables.Column(default="–")

    class Meta:
        model = Partition
        fields = ("number", "status", "size", "steps", "attempts", "worker")

    def render_size(self, record: Partition) -> str:
        return f"{record.high - record.low:,}"

    def render_steps(self, record: Partition) -> str:
        return " · ".join(f"{STEPS.get(step['step'], step['step'])} {step['ms']}" for step in record.steps) or "–"


class RowErrorTable(Table):
    """Names no customer: who may see the run may not see its customers."""

    code = tables.Column()
    message = tables.Column()
    customer_id = Numeric(verbose_name=_("Customer"), default="–")

    class Meta:
        model = RowError
        fields = ("code", "message", "customer_id")
