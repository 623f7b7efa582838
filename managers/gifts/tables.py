import django_tables2 as tables
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.tables import DateColumn, MoneyColumn, NameColumn, Table
from crm.base.templatetags.frame import money, names, tag
from customers.models import Customer
from managers.models import Gift


class GiftTable(Table):
    """Rows that lead to striking out, for who may, else to the customer."""

    given_on = DateColumn()
    customer = NameColumn()
    kind = tables.Column()
    what = tables.Column(attrs={"td": {"class": "sentence"}})
    amount = MoneyColumn()
    event = tables.Column(default="–")
    by = tables.Column()
    hidden = ("by",)

    class Meta:
        model = Gift
        fields = ("given_on", "customer", "kind", "what", "amount", "event", "by")
        sequence = fields

    def row_url(self, record: Gift) -> str:
        may_strike = record.struck_at is None and self.request.user.may("gifts:write")
        return (
            reverse("gift_strike", args=[record.pk]) if may_strike else reverse("customer", args=[record.customer_id])
        )

    def render_customer(self, record: Gift) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', reverse("customer", args=[record.customer_id]), "{}")
        return format_html(shown, names(record.customer))

    def render_what(self, record: Gift) -> str:
        return format_html("{} {}", record.what, tag(_("Struck out"), "red")) if record.struck_at else record.what


class GivenTable(Table):
    """What customers were given in a year, and what is left of the cap."""

    name = NameColumn()
    number = tables.Column()
    manager = tables.Column(default="–")
    given = tables.Column(
        verbose_name=gettext_lazy("Given in the year"),
        attrs={"td": {"class": "text-end figure"}, "th": {"class": "text-end"}},
    )
    left = tables.Column(
        accessor="given",
        verbose_name=gettext_lazy("Left of the cap"),
        attrs={"td": {"class": "text-end figure"}, "th": {"class": "text-end"}},
    )

    class Meta:
        model = Customer
        fields = ("name", "number", "manager", "given", "left")
        sequence = fields

    def row_url(self, record: Customer) -> str:
        return f"{reverse('gifts')}?customer={record.number}"

    def render_given(self, record: Customer) -> str:
        return money(record.given, settings.CRM_BASE_CURRENCY)  # type: ignore[attr-defined]  # by the annotation

    def value_given(self, record: Customer) -> str:
        return str(record.given)  # type: ignore[attr-defined]

    def render_left(self, record: Customer) -> str:
        return money(max(settings.CRM_GIFT_CAP - record.given, 0), settings.CRM_BASE_CURRENCY)  # type: ignore[attr-defined]

    def value_left(self, record: Customer) -> str:
        return str(max(settings.CRM_GIFT_CAP - record.given, 0))  # type: ignore[attr-defined]
