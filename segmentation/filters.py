from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.models import Customer
from segmentation.models import (
    Exemption,
    PolicyDraft,
    Posting,
    SimulatedTier,
    Simulation,
    Tier,
    TierOverride,
    TierPeriod,
    TierScheme,
    WaiverEntry,
    WaiverPolicy,
)


class TierSchemeFilter(FilterSet):
    class Meta:
        model = TierScheme
        fields = ["customer_kind"]


class TierFilter(FilterSet):
    customer_kind = django_filters.ChoiceFilter(
        label=_("Customer kind"), field_name="scheme__customer_kind", choices=Customer.Kind.choices
    )

    class Meta:
        model = Tier
        fields = ["code"]


class TierPeriodFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    tier = django_filters.CharFilter(label=_("Tier"), field_name="tier__code")
    on = django_filters.DateFilter(label=_("On"), method="holding")

    class Meta:
        model = TierPeriod
        fields: list[str] = []

    def holding(self, rows: QuerySet, name: str, day) -> QuerySet:
        return rows.holding(day)


class PolicyDraftFilter(FilterSet):
    class Meta:
        model = PolicyDraft
        fields = ["kind"]


class TierOverrideFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    tier = django_filters.CharFilter(label=_("Tier"), field_name="tier__code")
    on = django_filters.DateFilter(label=_("On"), method="holding")

    class Meta:
        model = TierOverride
        fields = ["kind"]

    def holding(self, rows: QuerySet, name: str, day) -> QuerySet:
        return rows.holding(day)


class WaiverPolicyFilter(FilterSet):
    class Meta:
        model = WaiverPolicy
        fields = ["number", "effective_from"]


ORIGINS = [
    ("night", _("Night")),
    ("by_hand", _("By hand")),
    ("reversal", _("Reversal")),
    ("correction", _("Correction")),
]
ORIGIN: dict[str, dict[str, Any]] = {
    "night": {"run__isnull": False},
    "by_hand": {"run": None, "correction": None, "reverses": None},
    "reversal": {"correction": None, "reverses__isnull": False},
    "correction": {"correction__isnull": False},
}


class WaiverFilter(FilterSet):
    number = django_filters.NumberFilter(label=_("Number of the entry"))
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    account = django_filters.CharFilter(label=_("Account"), field_name="account__number")
    fee = django_filters.CharFilter(label=_("Fee"), field_name="fee_code")
    tier = django_filters.CharFilter(label=_("Tier"), field_name="tier__code")
    charged_on = django_filters.DateFromToRangeFilter(label=_("Charged on"))
    branch = django_filters.CharFilter(label=_("Branch"), field_name="customer__branch__code")
    origin = django_filters.ChoiceFilter(label=_("Origin"), choices=ORIGINS, method="of_origin")
    exemption = django_filters.ChoiceFilter(label=_("Exemption"), choices=Exemption.choices)
    posting = django_filters.ChoiceFilter(
        label=_("Posting"), choices=[("waiting", _("Not sent yet")), *Posting.State.choices], method="of_state"
    )

    def of_origin(self, rows: QuerySet, name: str, origin: str) -> QuerySet:
        return rows.filter(**ORIGIN[origin])

    def of_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        return rows.filter(posting=None) if state == "waiting" else rows.filter(posting__state=state)

    class Meta:
        model = WaiverEntry
        fields = ["currency"]


class SimulationFilter(FilterSet):
    business_date = django_filters.DateFromToRangeFilter(label=_("Data date"))
    draft_hash = django_filters.CharFilter(label=_("Hash of the draft"))

    class Meta:
        model = Simulation
        fields: list[str] = []


class MoverFilter(FilterSet):
    published = django_filters.CharFilter(label=_("Tier as published"))
    draft = django_filters.CharFilter(label=_("Tier under the draft"))

    class Meta:
        model = SimulatedTier
        fields: list[str] = []
