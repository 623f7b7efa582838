import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Numeric, Table, TagColumn
from crm.base.templatetags.frame import names
from crm.jobs.models import Run
from managers.models import MoveSuggestion

State = MoveSuggestion.State
STATES = {State.OPEN: "blue", State.APPROVED: "green", State.REFUSED: "secondary", State.LAPSED: "secondary"}


class SuggestionTable(Table):
    """Rows that lead to the decision, for who may give it, else to the customer."""

    customer = NameColumn()
    giver = tables.Column(verbose_name=pgettext_lazy("a move", "From"))
    taker = tables.Column(verbose_name=pgettext_lazy("a move", "To"))
    why = tables.Column(attrs={"td": {"class": "sentence"}})
    weight = Numeric()
    state = TagColumn(colours=STATES)
    made_at = MomentColumn()
    decided_by = tables.Column(default="–")
    reason = tables.Column(default="–")
    hidden = ("decided_by", "reason")

    class Meta:
        model = MoveSuggestion
        fields = ("customer", "giver", "taker", "why", "weight", "state", "made_at", "decided_by", "reason")
        sequence = fields

    def row_url(self, record: MoveSuggestion) -> str:
        may_decide = record.state == State.OPEN and self.request.user.may("move-suggestions:write")
        if may_decide:
            return reverse("move_suggestion", args=[record.pk])
        return reverse("customer", args=[record.customer_id])

    def render_customer(self, record: MoveSuggestion) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', self.url_of(record), "{}")
        return format_html(shown, names(record.customer))


class AssignmentRunTable(Table):
    business_date = DateColumn()
    what = tables.Column(accessor="parameters", verbose_name=_("What"))
    status = TagColumn(colours={"completed": "green", "running": "blue", "queued": "blue", "failed": "red"})
    placed = Numeric(accessor="result__placed", verbose_name=_("Assigned"), default="–")
    moved = Numeric(accessor="result__moved", verbose_name=_("Move suggestions"), default="–")
    left = Numeric(accessor="result__left", verbose_name=_("Left unassigned"), default="–")
    started_by = tables.Column(default="–")
    created_at = MomentColumn()

    class Meta:
        model = Run
        fields = ("business_date", "what", "status", "placed", "moved", "left", "started_by", "created_at")
        sequence = fields

    def row_url(self, record: Run) -> str:
        return reverse("assignment_run", args=[record.pk])

    def render_what(self, value: dict, record: Run) -> str:
        words = _("Preview") if value.get("is_trial") else _("Night")
        return format_html('<a class="name" href="{}">{}</a>', self.row_url(record), words)

    def render_left(self, value: dict) -> int:
        return sum(value.values())
