from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.tables import DateColumn, LinkColumn, MomentColumn, MoneyColumn, Numeric, Table, TagColumn
from crm.base.templatetags.frame import names, tag
from managers.models import Opportunity
from managers.sales.stages import COLOURS


class CloseColumn(DateColumn):
    first_order = ""

    def render(self, value: date, record: Opportunity) -> str:  # type: ignore[override]  # by name, as tables give them
        shown = super().render(value)
        return format_html("{} {}", shown, tag(_("overdue"), "red")) if record.is_late else shown


class PercentColumn(Numeric):
    def render(self, value: int) -> str:
        return f"{value} %"

    def value(self, value: int) -> int:
        return value


class OpportunityTable(Table):
    product = LinkColumn()
    customer = tables.Column()
    stage = TagColumn(colours=COLOURS)
    amount = MoneyColumn()
    currency = tables.Column()
    probability = PercentColumn()
    weighted = MoneyColumn(verbose_name=gettext_lazy("Weighted"))
    close_on = CloseColumn()
    next_step = tables.Column(default="–")
    next_on = DateColumn(default="–")
    owner = tables.Column()
    source = tables.Column()
    lost_reason = tables.Column(default="–")
    opened_at = MomentColumn()
    hidden = ("currency", "weighted", "next_on", "source", "lost_reason", "opened_at")

    class Meta:
        model = Opportunity
        fields = ("product", "customer", "stage", "amount", "currency", "probability", "weighted", "close_on",
                  "next_step", "next_on", "owner", "source", "lost_reason", "opened_at")  # fmt: skip
        sequence = fields

    def row_url(self, record: Opportunity) -> str:
        return reverse("opportunity", args=[record.pk])

    def render_customer(self, record: Opportunity) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', reverse("customer", args=[record.customer_id]), "{}")
        return format_html(shown, names(record.customer))

    def value_customer(self, record: Opportunity) -> str:
        return str(record.customer)
