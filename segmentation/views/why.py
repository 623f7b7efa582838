"""Why a customer stands in a tier, and every decision that led there."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Empty, ListPage
from crm.base.pages.access import Crumb, is_fragment
from crm.base.pages.details import DetailPage
from customers.models import Customer
from segmentation.explain import explain
from segmentation.filters import TierDecisionFilter
from segmentation.models import TierDecision
from segmentation.tables import DecisionTable
from segmentation.why import nearest, rungs, standing


def crumbs_of(customer: Customer) -> list[Crumb]:
    return [
        Crumb(_("Customers"), reverse("customers")),
        Crumb(str(customer), reverse("customer", args=[customer.pk])),
    ]


class WhyPage(DetailPage):
    """`?on=` asks about a day of the past. HTMX gets the panel, the browser the page around it."""

    permission = "customers:read"
    queryset = Customer.objects.all()
    context_object_name = "customer"
    title = _("Why this tier")
    reads_are_logged = True
    what = "why"

    def get_template_names(self) -> list[str]:
        return ["segmentation/_why.html" if is_fragment(self.request) else "segmentation/why.html"]

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.object)

    @property
    def on(self) -> Any:
        try:
            return parse_date(self.request.GET.get("on", ""))
        except ValueError:
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        explanation = explain(customer=self.object, on=self.on)
        context: dict[str, Any] = {"explanation": explanation, "on": self.on}
        if explanation:
            ruling = explanation.ruling
            context |= {
                "may_override": self.may("tier-overrides:write"),
                "ending": ruling.override if ruling and ruling.holds else None,
            }
            context |= {"said": standing(explanation), "changes": nearest(explanation), "rungs": rungs(explanation)}
        return super().get_context_data(**context | kwargs)


class DecisionList(ListPage):
    """Every decision about one customer, newest first."""

    permission = "customers:read"
    title = _("Tier decisions")
    queryset = TierDecision.objects.published().select_related("tier_before", "tier_after", "scheme_version__scheme")
    filterset_class = TierDecisionFilter
    table_class = DecisionTable
    ordering_fields = {"business_date": "business_date"}
    ordering = "-business_date"
    empty = Empty(_("No decisions yet"), _("The first night after the customer came in decides their tier."))

    @cached_property
    def customer(self) -> Customer:
        return get_object_or_404(Customer.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet:
        return self.queryset.filter(customer=self.customer)

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)
