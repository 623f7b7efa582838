from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Table, TagColumn
from crm.base.templatetags.frame import names, tag
from customers.models import KycReview, Risk

RISKS = {Risk.LOW: "green", Risk.MEDIUM: "orange", Risk.HIGH: "red"}
STATES = {KycReview.State.DUE: "secondary", KycReview.State.BEGUN: "blue", KycReview.State.DONE: "green"}


class DueColumn(DateColumn):
    def render(self, value: date, record: KycReview) -> str:  # type: ignore[override]  # by name, as tables give them
        is_late = record.state != KycReview.State.DONE and value < timezone.localdate()
        return format_html("{} {}", super().render(value), tag(_("overdue"), "red") if is_late else "")


class KycReviewTable(Table):
    due_on = DueColumn()
    customer = NameColumn()
    level = TagColumn(colours=RISKS)
    state = TagColumn(colours=STATES)
    is_case = tables.Column(verbose_name=gettext_lazy("Case"))
    branch = tables.Column(accessor="customer__branch", verbose_name=gettext_lazy("Branch"), default="–")
    manager = tables.Column(accessor="customer__manager", verbose_name=gettext_lazy("Manager"), default="–")
    concluded_at = MomentColumn(default="–")
    conclusion = tables.Column(default="–")
    reviewer = tables.Column(default="–")
    hidden = ("concluded_at", "conclusion", "reviewer")

    class Meta:
        model = KycReview
        fields = ("due_on", "customer", "level", "state", "is_case", "branch", "manager", "concluded_at", "conclusion", "reviewer")  # fmt: skip
        sequence = fields

    def row_url(self, record: KycReview) -> str:
        return reverse("kyc_review", args=[record.pk])

    def render_customer(self, record: KycReview) -> SafeString:
        shown = format_html('<a class="name" href="{}">{}</a>', self.url_of(record), "{}")
        return format_html(shown, names(record.customer))

    def render_is_case(self, value: bool) -> str:
        return tag(_("AML case"), "red") if value else "–"

    def value_is_case(self, value: bool) -> str:
        return _("AML case") if value else ""
