"""What a customer is suggested: why, and what they said to it."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, is_fragment
from customers.models import Customer
from segmentation.decisions.views import OfCustomer, crumbs_of
from segmentation.models import Affinity, ProductAnswer, ProductOffer, Suggestion
from segmentation.next_product.definition import readable
from segmentation.next_product.filters import AnswerFilter
from segmentation.next_product.forms import AnswerForm
from segmentation.next_product.saying import said_of
from segmentation.next_product.services import answer_suggestion
from segmentation.next_product.showing import Shown, group_of, percent_of, shown_of
from segmentation.next_product.tables import AnswerTable


class AnswerProduct(FormPage):
    permission = "product-answers:write"
    form_class = AnswerForm
    submit = _("Record answer")
    done = _("The answer is kept.")

    @cached_property
    def suggestion(self) -> Suggestion:
        rows: QuerySet = Suggestion.objects.visible_to(self.request.user).select_related("customer", "product")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def shown(self) -> Shown:
        for each in shown_of(self.suggestion.customer, timezone.now()):
            if each.suggestion.pk == self.suggestion.pk:
                return each
        raise Http404

    def get_title(self) -> str:
        return str(self.suggestion.product)

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.suggestion.customer)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"channels": self.shown.channels}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        against = self.shown.against
        intro = _("Not to be offered: %(reason)s.") % {"reason": against} if against else self.shown.reason
        return super().get_context_data(**{"cancel_url": self.get_success_url(), "intro": intro} | kwargs)

    def perform(self, form: BaseForm) -> ProductAnswer:
        return answer_suggestion(
            suggestion=self.suggestion, at=timezone.now(), by=self.request.user, **form.cleaned_data
        )

    def get_success_url(self) -> str:
        return reverse("customer", args=[self.suggestion.customer_id])


class WhyProduct(OfCustomer):
    """What similar customers hold. HTMX gets the panel, the browser the page around it."""

    title = _("Why these products")
    reads_are_logged = True
    what = "next products"

    def get_template_names(self) -> list[str]:
        return [f"segmentation/next_product/{'_why' if is_fragment(self.request) else 'why'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**why_of(self.object) | kwargs)


def why_of(customer: Customer) -> dict[str, Any]:
    found = shown_of(customer, timezone.now())
    if not found:
        return {"shown": []}
    group = found[0].suggestion.affinity.group
    whole = Affinity.objects.filter(group=group, basis=None).select_related("product")
    peers = sorted(((percent_of(each), each) for each in whole), key=lambda pair: (-pair[0], pair[1].product.code))
    offers = ProductOffer.objects.offered(timezone.localdate()).filter(
        product__in=[each.suggestion.product for each in found]
    )
    rules = {each.product_id: (each.number, readable(each.content)) for each in offers}
    said = [(each, *_rule(rules.get(each.suggestion.product_id))) for each in found]
    return {"shown": said, "group": group_of(group), "size": group.customers, "peers": peers, "month": group.month}


def _rule(known: tuple[int, Any] | None) -> tuple[int | None, str]:
    if known is None or known[1] is None:
        return None, ""
    return known[0], said_of(known[1])


class AnswerList(ListPage):
    permission = "product-answers:read"
    title = _("Answers to suggested products")
    queryset = ProductAnswer.objects.select_related("customer", "product", "by")
    filterset_class = AnswerFilter
    table_class = AnswerTable
    ordering_fields = {"at": "at"}
    ordering = "-at"
    empty = Empty(
        _("No answer yet"),
        _("What customers say to a suggested product is recorded on their page, beside the suggestion."),
        icon="basket",
    )
