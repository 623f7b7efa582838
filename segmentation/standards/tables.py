from datetime import date, timedelta
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.tables import DateColumn, MomentColumn, NameColumn, Table, TagColumn
from crm.base.templatetags.frame import names, tag
from segmentation.models import EntitlementOverride, EntitlementUse, GoldCard
from segmentation.standards.saying import quota_of
from segmentation.tables import TierColumn

STATES = {
    GoldCard.State.ISSUED: "blue",
    GoldCard.State.VALID: "green",
    GoldCard.State.SUSPENDED: "orange",
    GoldCard.State.WITHDRAWN: "secondary",
}


class OfCustomerTable(Table):
    """Rows that lead to the entitlements of a customer."""

    def row_url(self, record: Any) -> str:
        return f"{reverse('customer', args=[record.customer_id])}?tab=entitlements"

    def render_customer(self, record: Any) -> str:
        return NameColumn().render(names(record.customer), record, self)


class UseTable(OfCustomerTable):
    used_on = DateColumn()
    customer = NameColumn()
    benefit = tables.Column()
    channel = tables.Column()
    place = tables.Column(default="–")
    origin = tables.Column()
    tier = TierColumn(default="–")
    state = tables.Column(empty_values=(), verbose_name=gettext_lazy("State"))
    by = tables.Column()
    note = tables.Column(verbose_name=gettext_lazy("Remark"), default="–")
    recorded_at = MomentColumn()
    hidden = ("recorded_at", "tier")

    class Meta:
        model = EntitlementUse
        fields = ("used_on", "customer", "benefit", "channel", "place", "origin", "tier", "by", "note", "recorded_at")
        sequence = ("used_on", "customer", "benefit", "state", "channel", "place", "origin", "tier", "by", "note", "recorded_at")  # fmt: skip

    def render_state(self, record: Any) -> str:
        state = self.value_state(record)
        return tag(state, "secondary") if state else "–"

    def value_state(self, record: Any) -> str:
        if record.reverses_id:
            return _("undoes a use")
        return _("undone") if record.is_undone else ""


class EntitlementOverrideTable(OfCustomerTable):
    customer = NameColumn()
    benefit = tables.Column()
    kind = tables.Column()
    quota = tables.Column(empty_values=())
    since = DateColumn()
    until = DateColumn()
    ended_on = DateColumn(default="–")
    reason = tables.Column()
    approved_by = tables.Column(default="–")

    class Meta:
        model = EntitlementOverride
        fields = ("customer", "benefit", "kind", "quota", "since", "until", "ended_on", "reason", "approved_by")
        sequence = fields

    def render_quota(self, record: EntitlementOverride) -> str:
        return "–" if record.kind == EntitlementOverride.Kind.WITHDRAWAL else quota_of(record.quota, record.per)

    def render_until(self, value: date) -> str:
        """People read the last day; REST and exports the first one after it."""
        return DateColumn().render(value - timedelta(days=1))


class GoldCardTable(OfCustomerTable):
    customer = NameColumn()
    number = tables.Column(accessor="customer__number", verbose_name=gettext_lazy("Number"))
    state = TagColumn(colours=STATES)
    cause = tables.Column()
    since = DateColumn()
    until = DateColumn(default="–")
    note = tables.Column(verbose_name=gettext_lazy("Remark"), default="–")
    by = tables.Column(default=gettext_lazy("the night"))
    hidden = ("note",)

    class Meta:
        model = GoldCard
        fields = ("customer", "number", "state", "cause", "since", "until", "note", "by")
        sequence = fields
