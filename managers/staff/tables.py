from datetime import timedelta
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.tables import DateColumn, MomentColumn, Numeric, Table
from crm.base.templatetags.frame import tag
from managers.models import Certificate, Scorecard
from managers.staff.scoring import figures

SOON = timedelta(days=60)


def state_of(certificate: Certificate) -> SafeString:
    """Withdrawn, ended, ending soon or valid, as a tag."""
    today = timezone.localdate()
    if certificate.withdrawn_at:
        return tag(_("withdrawn"))
    if certificate.valid_until and certificate.valid_until < today:
        return tag(_("ended"), "red")
    if certificate.valid_until and certificate.valid_until <= today + SOON:
        return tag(_("ends soon"), "orange")
    return tag(_("valid"), "green")


class CertificateTable(Table):
    """Rows that lead to the manager's qualifications."""

    manager = tables.Column()
    kind = tables.Column()
    number = tables.Column()
    issued_on = DateColumn()
    valid_until = DateColumn(default="–")
    state = tables.Column(accessor="pk", verbose_name=gettext_lazy("State"))
    withdrawn_because = tables.Column(default="–")
    hidden = ("withdrawn_because",)

    class Meta:
        model = Certificate
        fields = ("manager", "kind", "number", "issued_on", "valid_until", "state", "withdrawn_because")
        sequence = fields

    def row_url(self, record: Certificate) -> str:
        return reverse("manager_qualifications", args=[record.manager_id])

    def render_manager(self, record: Certificate) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.row_url(record), record.manager)

    def render_state(self, record: Certificate) -> str:
        return state_of(record)


class FigureColumn(Numeric):
    """A figure of the year, in percent."""

    def __init__(self, code: str, label: Any) -> None:
        super().__init__(accessor="figures", verbose_name=label, default="–")
        self.code = code

    def render(self, value: dict[str, Any]) -> str:
        found = (value.get(self.code) or {}).get("value")
        return "–" if found is None else f"{found} %"

    def value(self, value: dict[str, Any]) -> str:
        return str((value.get(self.code) or {}).get("value") or "")


def figure_columns() -> list[tuple[str, FigureColumn]]:
    return [(figure.code, FigureColumn(figure.code, figure.label)) for figure in figures().values()]


class ScorecardTable(Table):
    """Rows that lead to the scorecard of the year; its figures are columns of their own (`figure_columns`)."""

    manager = tables.Column()
    branch = tables.Column(accessor="manager__branch", verbose_name=gettext_lazy("Branch"), default="–")
    year = tables.Column()
    closed_at = MomentColumn()
    closed_by = tables.Column()

    class Meta:
        model = Scorecard
        fields = ("manager", "branch", "year", "closed_at", "closed_by")
        sequence = ("manager", "branch", "year", "...", "closed_at", "closed_by")

    def row_url(self, record: Scorecard) -> str:
        return f"{reverse('manager_scorecard', args=[record.manager_id])}?year={record.year}"

    def render_manager(self, record: Scorecard) -> str:
        return format_html('<a class="name" href="{}">{}</a>', self.row_url(record), record.manager)
