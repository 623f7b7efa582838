"""The companies of the bank, with what wants to be looked at."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, ListPage
from customers.companies.annotations import alarm_count, group_name, renewal_on
from customers.companies.filters import CompanyFilter
from customers.companies.tables import CompanyTable
from customers.models import Customer

KINDS = (Customer.Kind.COMPANY, Customer.Kind.INSTITUTION)


class CompanyList(ListPage):
    permission = "companies:read"
    title = _("Companies")
    filterset_class = CompanyFilter
    table_class = CompanyTable
    ordering_fields = {"name": "sort_key", "number": "number"}
    ordering = "name"
    actions = [
        Action(_("Groups"), "company_groups", icon="sitemap", permission="groups:read"),
        Action(_("New customer"), "customer_add", icon="plus", permission="customers:write"),
    ]
    empty = Empty(
        _("No companies in your reach"),
        _("Companies and institutions, their figures, who owns and runs them, and what ends when."),
        icon="building",
    )

    @cached_property
    def queryset(self) -> QuerySet[Customer]:
        rows = Customer.objects.unmerged().filter(kind__in=KINDS).select_related("branch", "manager")
        return rows.annotate(
            alarm_count=alarm_count(), renewal_on=renewal_on(), group_name=group_name(timezone.localdate())
        )
