import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.base.tables import LinkColumn, MomentColumn, Numeric, Table, TagColumn
from customers.filters import InReachFilter
from customers.models import BlankMovement, BlankStock, CardDesign, CardOrder

STATES = {
    CardOrder.State.ORDERED: "blue",
    CardOrder.State.PRINTED: "yellow",
    CardOrder.State.HANDED_OVER: "green",
    CardOrder.State.SPOILT: "red",
    CardOrder.State.CANCELLED: "secondary",
}


class CardOrderFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="customer__number")
    account = InReachFilter(label=_("Account"), field_name="account__number")
    branch = django_filters.CharFilter(label=_("Branch"), field_name="branch__code")
    design = django_filters.CharFilter(label=_("Card"), field_name="design__code")
    is_open = django_filters.BooleanFilter(label=_("To be done"), method="opens")

    class Meta:
        model = CardOrder
        fields = ["state"]

    def opens(self, rows, name: str, value: bool):
        return rows.filter(state__in=CardOrder.OPEN) if value else rows.exclude(state__in=CardOrder.OPEN)


class BlankStockFilter(FilterSet):
    branch = django_filters.CharFilter(label=_("Branch"), field_name="branch__code")
    design = django_filters.CharFilter(label=_("Card"), field_name="design__code")

    class Meta:
        model = BlankStock
        fields: list[str] = []


class CardOrderTable(Table):
    number = LinkColumn(verbose_name=_("Number"))
    embossed_name = tables.Column()
    design = tables.Column()
    state = TagColumn(colours=STATES)
    last_four = tables.Column(default="–")
    ordered_at = MomentColumn()
    branch = tables.Column()
    ordered_by = tables.Column()
    printed_at = MomentColumn(default="–")
    closed_at = MomentColumn(default="–")
    hidden = ("ordered_by", "printed_at", "closed_at")

    class Meta:
        model = CardOrder
        fields = ("number", "embossed_name", "design", "state", "last_four", "ordered_at", "branch", "ordered_by", "printed_at", "closed_at")  # fmt: skip
        sequence = fields

    def row_url(self, record: CardOrder) -> str:
        return reverse("card_order", args=[record.pk])


class BlankStockTable(Table):
    branch = LinkColumn()
    design = tables.Column()
    balance = Numeric()

    class Meta:
        model = BlankStock
        fields = ("branch", "design", "balance")

    def row_url(self, record: BlankStock) -> str:
        return reverse("card_stock", args=[record.pk])


class BlankMovementTable(Table):
    """Blanks that left as spoilt open as what was reported, for who may say that it was wrong."""

    at = MomentColumn()
    kind = LinkColumn()
    change = Numeric()
    balance_after = Numeric()
    order = tables.Column(default="–")
    to = tables.Column(default="–")
    remark = tables.Column(default="–", attrs={"td": {"class": "sentence"}})
    by = tables.Column()

    class Meta:
        model = BlankMovement
        fields = ("at", "kind", "change", "balance_after", "order", "to", "remark", "by")

    def render_change(self, value: int) -> str:
        return f"{value:+}"

    def row_url(self, record: BlankMovement) -> str:
        report = record.spoilage if record.kind == BlankMovement.Kind.SPOILT else None
        may_judge = report and report.is_blanks_standing and self.request.user.may("card-stock:write")
        return reverse("spoilage_take_back", args=[report.pk]) if may_judge else ""


class CardDesignTable(Table):
    name = LinkColumn()
    code = tables.Column()
    is_gold = tables.BooleanColumn()
    is_offered = tables.BooleanColumn()

    class Meta:
        model = CardDesign
        fields = ("name", "code", "is_gold", "is_offered")

    def row_url(self, record: CardDesign) -> str:
        return reverse("card_design", args=[record.pk]) if self.request.user.may("card-designs:write") else ""
