import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from crm.base.tables import MomentColumn, Numeric, Table, TagColumn
from crm.base.templatetags.frame import names
from customers.models import Customer, Duplicate

COLOURS = {Duplicate.State.OPEN: "blue", Duplicate.State.DISMISSED: "secondary", Duplicate.State.MERGED: "green"}


class DuplicateTable(Table):
    first = tables.Column()
    second = tables.Column()
    score = Numeric()
    said = tables.Column(verbose_name=_("Why"))
    branches = tables.Column(empty_values=(), verbose_name=_("Branch"))
    found_at = MomentColumn()
    state = TagColumn(colours=COLOURS)
    hidden = ("found_at", "state")

    class Meta:
        model = Duplicate
        fields = ("first", "second", "score", "said", "branches", "found_at", "state")

    def row_url(self, record: Duplicate) -> str:
        return reverse("duplicate", args=[record.pk])

    def render_first(self, value: Customer, record: Duplicate) -> SafeString:
        return format_html('<a href="{}">{}</a> {}', self.url_of(record), names(value), value.number)

    def render_second(self, value: Customer) -> SafeString:
        return format_html("{} {}", names(value), value.number)

    def value_first(self, value: Customer) -> str:
        return f"{value} {value.number}"

    def value_second(self, value: Customer) -> str:
        return self.value_first(value)

    def render_said(self, value: list[str]) -> str:
        return ", ".join(value)

    def value_said(self, value: list[str]) -> str:
        return self.render_said(value)

    def render_branches(self, record: Duplicate) -> str:
        both = dict.fromkeys(str(each.branch) for each in (record.first, record.second) if each.branch)
        return " · ".join(both) or "–"

    def value_branches(self, record: Duplicate) -> str:
        return self.render_branches(record)
