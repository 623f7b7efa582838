from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, LinkColumn, MomentColumn, NameColumn, Numeric, Table, TagColumn
from crm.jobs.models import Run
from segmentation.models import Stop, TierDecision
from segmentation.safety.held import would_fall
from segmentation.schemes import Scheme
from segmentation.tables import TierColumn

ANSWERS = {Stop.Answer.WAITING: "purple", Stop.Answer.RELEASED: "green", Stop.Answer.REFUSED: "red"}


class NightTable(Table):
    """Nights that held somebody back, and nights that the breaker stopped."""

    business_date = LinkColumn()
    why = tables.Column(empty_values=(), verbose_name=_("What held it"))
    held = Numeric(accessor="result__held", verbose_name=_("Below the level, held"), default="–")
    answer = TagColumn(accessor="stop__answer", verbose_name=_("Answer"), colours=ANSWERS, default="–")
    answered_by = tables.Column(accessor="stop__answered_by", verbose_name=_("By"), default="–")
    answered_at = MomentColumn(accessor="stop__answered_at", verbose_name=_("At"), default="–")
    reason = tables.Column(accessor="stop__reason", verbose_name=_("Reason"), default="–")

    class Meta:
        model = Run
        fields = ("business_date", "why", "held", "answer", "answered_by", "answered_at", "reason")

    def row_url(self, record: Run) -> str:
        return reverse("held_night", args=[record.pk])

    def render_why(self, record: Run) -> Any:
        return _("too many moves") if hasattr(record, "stop") else _("balance feed not closed")

    def value_why(self, record: Run) -> str:
        return str(self.render_why(record))

    def value_business_date(self, value: Any) -> str:
        return value.isoformat()


class HeldTable(Table):
    """The customers in reach whom a missing feed held in their tier."""

    customer = NameColumn()
    number = tables.Column(accessor="customer__number", verbose_name=_("Number"))
    branch = tables.Column(accessor="customer__branch", verbose_name=_("Branch"), default="–")
    tier_before = TierColumn(verbose_name=_("Tier"))
    fate = tables.Column(empty_values=(), verbose_name=_("With the feed closed"))
    earned = tables.Column(empty_values=(), verbose_name=_("The figures earn"))
    effective_from = DateColumn(verbose_name=_("From"))

    class Meta:
        model = TierDecision
        fields = ("customer", "number", "branch", "tier_before", "fate", "earned", "effective_from")

    def row_url(self, record: TierDecision) -> str:
        return f"{reverse('customer_why', args=[record.customer_id])}?on={record.effective_from}"

    def _scheme(self, record: TierDecision) -> Scheme:
        """Parsed once per version of the page."""
        schemes = self.__dict__.setdefault("_schemes", {})
        version = record.scheme_version
        if version.pk not in schemes:
            schemes[version.pk] = Scheme.parse(version.content)
        return schemes[version.pk]

    def render_fate(self, record: TierDecision) -> Any:
        assert record.tier_before is not None
        falls = would_fall(self._scheme(record), record.tier_before.code, record.months_below)
        return _("would have fallen") if falls else _("would be on watch")

    def value_fate(self, record: TierDecision) -> str:
        return str(self.render_fate(record))

    def render_earned(self, record: TierDecision) -> str:
        scheme = self._scheme(record)
        return scheme.tiers[scheme.earned(record.figures, record.business_date) or 0].name

    def value_earned(self, record: TierDecision) -> str:
        return self.render_earned(record)
