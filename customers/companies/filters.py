import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from customers.filters import InReachFilter
from customers.models import (
    CompanyFigure,
    CompanyGroup,
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    Customer,
    Guarantee,
    Renewal,
    SiteVisit,
)


class CompanyFilter(FilterSet):
    """Of the list of companies: the search box, and what wants to be looked at."""

    q = django_filters.CharFilter(label=_("Name, pinyin, initials, number"), method="matching")
    is_alarming = django_filters.BooleanFilter(label=_("With alerts"), method="alarming")
    is_due = django_filters.BooleanFilter(label=_("Renewal due within 60 days"), method="due")

    class Meta:
        model = Customer
        fields = ["status"]

    def matching(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        return rows.search(text)

    def alarming(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        found = CompanyFigure.objects.alarming().newest().values("customer")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)

    def due(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        found = Renewal.objects.due(timezone.localdate()).values("customer")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class OfCompanyFilter(FilterSet):
    customer = InReachFilter(label=_("Company"), field_name="customer__number")


class SpanFilter(OfCompanyFilter):
    """`on`: what holds on that day."""

    on = django_filters.DateFilter(label=_("Holds on"), method="holding")

    def holding(self, rows: QuerySet, name: str, value) -> QuerySet:
        return rows.holding(value)


class PartyFilter(SpanFilter):
    party = InReachFilter(label=_("Customer"), field_name="party__number", reach="party")


class RelationFilter(PartyFilter):
    class Meta:
        model = CompanyRelation
        fields = ["kind"]


class GuaranteeFilter(PartyFilter):
    class Meta:
        model = Guarantee
        fields = ["kind", "currency"]


class LimitFilter(SpanFilter):
    class Meta:
        model = CreditLimit
        fields = ["kind", "currency"]


class PersonFilter(SpanFilter):
    class Meta:
        model = ContactPerson
        fields = ["is_main"]


class FigureFilter(OfCompanyFilter):
    figure = django_filters.CharFilter(label=_("Figure"), field_name="kind__code")
    is_alarming = django_filters.BooleanFilter(label=_("With alerts"), method="alarming")

    class Meta:
        model = CompanyFigure
        fields = ["months", "currency"]

    def alarming(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        found = CompanyFigure.objects.alarming().newest().values("pk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class VisitFilter(OfCompanyFilter):
    visited_on = django_filters.DateFromToRangeFilter(label=_("Visited on"))

    class Meta:
        model = SiteVisit
        fields: list[str] = []


class NewsFilter(OfCompanyFilter):
    on = django_filters.DateFromToRangeFilter(label=_("Date"))

    class Meta:
        model = CompanyNews
        fields = ["impact"]


class RenewalFilter(OfCompanyFilter):
    due_on = django_filters.DateFromToRangeFilter(label=_("Due on"))
    is_open = django_filters.BooleanFilter(label=_("Open"), field_name="done_on", lookup_expr="isnull")

    class Meta:
        model = Renewal
        fields = ["kind"]


class CompanyGroupFilter(FilterSet):
    class Meta:
        model = CompanyGroup
        fields = ["number"]
