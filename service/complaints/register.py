"""The register of complaints for the regulator: each with what it was, how long it took and what came of it, and sums that add up."""

from decimal import Decimal
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Case, Count, F, Prefetch, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Empty, ListPage
from crm.base.tables import DateColumn, Numeric, Table
from segmentation.rules.sentences import money
from service.complaints.filters import ComplaintFilter
from service.complaints.saying import STAGES, Found
from service.complaints.tables import ComplaintLink
from service.models import Compensation, Complaint

STATES = {
    "in_time": _("answered in time"),
    "late": _("answered late"),
    "open": _("open, in time"),
    "overdue": pgettext_lazy("complaints", "open, over the last day"),
}


class RegisterFilter(ComplaintFilter):
    state = django_filters.ChoiceFilter(label=pgettext_lazy("a complaint", "State"), choices=list(STATES.items()))
    answered_on = django_filters.DateFromToRangeFilter(label=pgettext_lazy("a complaint", "Answered on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["which"], self.filters["stage"]


class RegisterTable(ComplaintLink, Table):
    number = tables.Column(accessor="ticket__number", verbose_name=_("Number"))
    received_on = DateColumn()
    customer = tables.Column(accessor="ticket__customer__number", verbose_name=_("Customer number"))
    branch = tables.Column(accessor="ticket__customer__branch", verbose_name=_("Branch"), default="–")
    channel = tables.Column(accessor="ticket__channel", verbose_name=_("Channel"))
    regime = tables.Column()
    stage = tables.Column()
    due_on = DateColumn()
    answered_on = DateColumn(default="–")
    days = Numeric(accessor="days_taken", verbose_name=_("Days"), default="–")
    state = tables.Column(verbose_name=pgettext_lazy("a complaint", "State"))
    cause = tables.Column(default="–")
    remedies = tables.Column(default="–")
    compensation = tables.Column(empty_values=(), verbose_name=_("Given back"))
    review = tables.Column(
        accessor="review_above__outcome", verbose_name=pgettext_lazy("a complaint", "Review"), default="–"
    )

    class Meta:
        model = Complaint
        fields = (
            "number", "received_on", "customer", "branch", "channel", "regime", "stage", "due_on", "answered_on", "days", "state",
            "cause", "remedies", "compensation", "review",
        )  # fmt: skip
        sequence = fields

    hidden = ("branch", "channel", "stage", "due_on", "remedies", "review")

    @cached_property
    def found(self) -> Found:
        return Found()

    def render_channel(self, record: Complaint) -> str:
        return record.ticket.get_channel_display()

    def render_stage(self, value: str) -> str:
        return str(STAGES.get(value, value))

    def render_state(self, value: str) -> str:
        return str(STATES[value])

    def render_cause(self, record: Complaint) -> str:
        return self.found.cause(record) or "–"

    def render_remedies(self, record: Complaint) -> str:
        return self.found.remedy(record) or "–"

    def render_compensation(self, record: Complaint) -> str:
        given: dict[str, Decimal] = {}
        for each in record.compensations.all():
            given[each.currency] = given.get(each.currency, Decimal(0)) + each.given
        return ", ".join(money(amount, currency) for currency, amount in given.items() if amount) or "–"

    def render_review(self, record: Complaint) -> str:
        return record.review_above.get_outcome_display() or "–"


def registered() -> QuerySet[Complaint]:
    """`state` as of today."""
    today = timezone.localdate()
    state = Case(
        When(answered_on__lte=F("due_on"), then=Value("in_time")),
        When(answered_on__isnull=False, then=Value("late")),
        When(due_on__gte=today, then=Value("open")),
        default=Value("overdue"),
    )
    rows = Complaint.objects.annotate(state=state)
    return rows.select_related("ticket__customer__branch", "review_above").prefetch_related(
        Prefetch("compensations", Compensation.objects.with_given())
    )


class RegisterList(ListPage):
    permission = "complaint-register:read"
    title = _("Register of complaints")
    parents = [(_("Complaints"), "complaints")]
    fragment_name = "service/complaints/_register.html"
    filterset_class = RegisterFilter
    table_class: ClassVar[type[Table]] = RegisterTable
    ordering_fields = {"received_on": "received_on", "due_on": "due_on"}
    ordering = "-received_on"
    empty = Empty(_("No complaint"), _("Every complaint stands here from the day of its receipt."), icon="gavel")

    @property
    def queryset(self) -> QuerySet[Complaint]:  # type: ignore[override]  # it names a day
        return registered()

    @cached_property
    def sums(self) -> dict[str, int]:
        """By state; together they are all."""
        counted = self.rows.order_by().values("state").annotate(count=Count("pk")).values_list("state", "count")
        return {str(state): 0 for state in STATES} | dict(counted)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = Compensation.objects.filter(complaint__in=self.rows.order_by().values("pk")).with_given()
        figures = [(state, STATES[state], count) for state, count in self.sums.items()]
        context = {"figures": figures, "total": sum(self.sums.values()), "paid": given.sums()}
        return super().get_context_data(**context | kwargs)
