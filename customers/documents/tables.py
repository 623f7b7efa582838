from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from crm.base.tables import DateColumn, NameColumn, Table
from crm.base.templatetags.frame import names, tag
from customers.masking import national_id
from customers.models import Document

COLOURS = {Document.Validity.VALID: "green", Document.Validity.ENDS_SOON: "orange", Document.Validity.EXPIRED: "red"}


def state_of(document: Document, on: date) -> tuple[str, str]:
    """In a word, with the colour of its tag."""
    if not document.is_open:
        return str(document.get_closed_as_display()), "secondary"
    return validity_of(document, on)


def validity_of(document: Document, on: date) -> tuple[str, str]:
    """The same of one that stood on the day, closed since or not."""
    found = document.validity(on)
    return str(found.label), COLOURS[found]


class DocumentTable(Table):
    """What ends first stands first."""

    valid_until = DateColumn(default=gettext_lazy("without end"))
    customer = NameColumn()
    type = tables.Column()
    number = tables.Column(verbose_name=gettext_lazy("Number"))
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), accessor="pk")
    issuer = tables.Column(default="–")
    branch = tables.Column(accessor="customer__branch", verbose_name=gettext_lazy("Branch"), default="–")
    manager = tables.Column(accessor="customer__manager", verbose_name=gettext_lazy("Manager"), default="–")
    hidden = ("issuer",)

    class Meta:
        model = Document
        fields = ("valid_until", "customer", "type", "number", "state", "issuer", "branch", "manager")
        sequence = fields

    def row_url(self, record: Document) -> str:
        return f"{reverse('customer', args=[record.customer_id])}?tab=documents"

    def render_customer(self, record: Document) -> SafeString:
        shown = format_html('<a class="name" href="{}">{}</a>', self.url_of(record), "{}")
        return format_html(shown, names(record.customer))

    def render_number(self, value: str) -> str:
        return national_id(value)

    def value_number(self, value: str) -> str:
        return national_id(value)

    def render_state(self, record: Document) -> SafeString:
        return tag(*state_of(record, timezone.localdate()))

    def value_state(self, record: Document) -> str:
        return state_of(record, timezone.localdate())[0]
