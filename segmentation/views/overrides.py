"""Exceptions from the schemes: the list of them, and the forms that ask for one or for its end."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals import services as approvals
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.keyset import COUNT_CAP
from crm.base.pages import Empty, FormPage, ListPage
from crm.base.pages.access import Crumb
from customers.models import Customer
from segmentation.decisions.views import crumbs_of
from segmentation.filters import TierOverrideFilter
from segmentation.forms import EndForm, OverrideForm
from segmentation.models import TierOverride
from segmentation.services.overrides import first_open_day
from segmentation.tables import OverrideTable

WAITS = gettext_lazy("It waits for somebody else's decision.")


class OverrideList(ListPage):
    """With how many there are of each kind."""

    permission = "tier-overrides:read"
    title = gettext_lazy("Overrides")
    fragment_name = "segmentation/_overrides.html"
    queryset = TierOverride.objects.select_related("customer", "tier", "approved_by")
    filterset_class = TierOverrideFilter
    table_class = OverrideTable
    ordering_fields = {"since": "since"}
    ordering = "-since"
    empty = Empty(
        gettext_lazy("No override yet"),
        gettext_lazy(
            "Where a tier must differ from the rules, somebody proposes it on the customer's page, with a reason."
        ),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        labels = dict(TierOverride.Kind.choices)
        counted = self.rows.order_by().values("kind").annotate(n=Count("pk")) if context["count"] <= COUNT_CAP else []
        return context | {
            "counts": [(labels[row["kind"]], row["n"]) for row in counted.order_by("kind")] if counted else []
        }


class OverridePage(FormPage):
    permission = "tier-overrides:write"
    submit = gettext_lazy("Propose")
    done = WAITS

    @property
    def customer(self) -> Customer:
        raise NotImplementedError

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.customer.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)


class ProposeOverride(OverridePage):
    title = gettext_lazy("Override the tier")
    intro = gettext_lazy(
        "Somebody else decides. The night after that obeys; when it ends, the next review decides again."
    )
    form_class = OverrideForm

    @cached_property
    def customer(self) -> Customer:
        return get_object_or_404(Customer.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"customer": self.customer}

    def get_initial(self) -> dict[str, Any]:
        return {"since": first_open_day() or timezone.localdate() + timedelta(days=1)}

    def perform(self, form: OverrideForm) -> Proposal:
        said = form.cleaned_data
        title = _("%(tier)s for %(customer)s") % {"tier": said["tier"], "customer": self.customer.number}
        try:
            return approvals.propose(
                kind="tier_override", content=form.content(), title=title, reason=said["reason"], by=self.request.user
            )
        except RuleBroken as refusal:
            field = "last" if refusal.field == "until" else refusal.field
            raise RuleBroken(refusal.message, field=field) from refusal


class EndOverride(OverridePage):
    title = gettext_lazy("End the override")
    intro = gettext_lazy("Somebody else decides. From that day on the rules alone decide, at the next review.")
    form_class = EndForm

    @cached_property
    def override(self) -> TierOverride:
        rows: QuerySet = TierOverride.objects.visible_to(self.request.user).select_related("customer", "tier")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def customer(self) -> Customer:
        return self.override.customer

    def get_initial(self) -> dict[str, Any]:
        return {"on": first_open_day() or timezone.localdate() + timedelta(days=1)}

    def perform(self, form: EndForm) -> Proposal:
        title = _("End of %(tier)s for %(customer)s") % {"tier": self.override.tier, "customer": self.customer.number}
        return approvals.propose(
            kind="tier_override_end",
            content=form.content(self.override),
            title=title,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
