"""Reviews that come due, one of them with its checklist, and forms about the risk of a customer in reach."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.pages import Empty, ListPage
from crm.base.pages.access import Text
from customers.kyc import services
from customers.kyc.filters import SOON, KycReviewFilter
from customers.kyc.forms import BeginForm, RateForm, ReasonForm, ReviewForm
from customers.kyc.rating import rate_customer
from customers.kyc.tables import RISKS, KycReviewTable
from customers.models import Customer, KycReview, Risk, RiskRating
from customers.querysets.kyc import CLEARED
from customers.services.versions import STALE
from customers.views.change import ChangePage

WAITS = _("It waits for somebody else's decision.")


class KycReviewList(ListPage):
    permission = "kyc-reviews:read"
    title = _("KYC reviews")
    queryset = KycReview.objects.select_related("customer__branch", "customer__manager", "reviewer")
    filterset_class = KycReviewFilter
    table_class = KycReviewTable
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"
    empty = Empty(
        _("No review is due within 30 days"),
        _("Once a customer's money-laundering risk is said, their reviews come due by it."),
        icon="shield-check",
    )

    @cached_property
    def rows(self) -> QuerySet:
        """What is due, unless one asks for more."""
        rows = super().rows
        return rows if self.request.GET.get("which") else rows.due(timezone.localdate() + SOON)


class KycPage(ChangePage):
    """Back to the tab where the result stands."""

    permission = "kyc-reviews:write"
    done: ClassVar[Text] = _("Saved.")

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.customer.pk])}?tab=kyc"


class RateCustomer(KycPage):
    title = _("Money-laundering risk")
    form_class = RateForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_cleared": self.may(CLEARED)}

    def perform(self, form: BaseForm) -> RiskRating:
        return rate_customer(customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class ProposeLower(KycPage):
    title = _("Propose a lower risk")
    intro = _("Somebody else decides; until then the present risk counts.")
    submit = _("Propose")
    done = WAITS
    form_class = RateForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_cleared": False}

    def perform(self, form: BaseForm) -> Proposal:
        return services.propose_lower(
            customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data
        )


class EndCase(KycPage):
    title = _("End the case")
    intro = _("Somebody else decides; until then the case stands.")
    submit = _("Propose")
    done = WAITS
    form_class = ReasonForm

    @cached_property
    def rating(self) -> RiskRating:
        rows = RiskRating.objects.cases().visible_to(self.request.user).select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        return self.rating.customer

    def perform(self, form: BaseForm) -> Proposal:
        return services.propose_end_of_case(
            customer=self.customer,
            rating_id=self.rating.pk,
            by=self.request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )


class OfReview(KycPage):
    @cached_property
    def review(self) -> KycReview:
        rows = KycReview.objects.visible_to(self.request.user)
        return get_object_or_404(rows.select_related("customer", "begun_by", "reviewer"), pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        return self.review.customer

    def get_title(self) -> str:
        return str(self.title or self.review)


class BeginReview(OfReview):
    title = _("Begin the review")
    intro = _("You answer the checks one by one; what is answered is kept.")
    submit = _("Begin")
    done = ""
    form_class = BeginForm

    def perform(self, form: BaseForm) -> KycReview:
        return services.begin_review(review=self.review, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("kyc_review", args=[self.review.pk])


class KycReviewPage(OfReview):
    """The checklist: filled in by who may, while it is open; then what was found."""

    permission = "kyc-reviews:read"
    template_name = "customers/kyc/review.html"
    form_class = ReviewForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"review": self.review}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.review.version}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may("kyc-reviews:write"):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def perform(self, form: Any) -> Proposal | KycReview | None:
        asked = {"review": self.review, "checks": form.checks(), "version": form.cleaned_data["version"], "by": self.request.user}  # fmt: skip
        if form.cleaned_data["act"] != "conclude":
            return services.save_checks(**asked)
        return services.conclude_review(**asked, **form.ending(), at=timezone.now())

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        """Who was overtaken keeps what they typed, and saves again if they still mean it."""
        if refusal.code == STALE:
            self.retyped(form, version=KycReview.objects.get(pk=self.review.pk).version)
        return super().refused(form, refusal)

    def get_done(self) -> Any:
        return _("Concluded. The lower risk waits for somebody else's decision.") if isinstance(self.result, Proposal) else self.done  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels, results = dict(KycReview.Check.choices), dict(KycReview.Result.choices)
        found = [
            (labels[name], results.get(said["result"], "–"), said["note"]) for name, said in self.review.checks.items()
        ]
        context = {
            "review": self.review,
            "found": found,
            "colour": RISKS[Risk(self.review.level)],
            "is_open": self.review.state == KycReview.State.BEGUN and self.may("kyc-reviews:write"),
            "may_begin": self.review.state == KycReview.State.DUE and self.may("kyc-reviews:write"),
        }
        return super().get_context_data(**context | kwargs)
