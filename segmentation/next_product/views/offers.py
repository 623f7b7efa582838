"""Which products are offered, and to whom they may be."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Page
from customers.models import Product
from segmentation.models import ProductOffer, Published
from segmentation.next_product.definition import readable
from segmentation.next_product.saying import said_of
from segmentation.services.drafts import OFFER, begin_draft


class OffersPage(Page):
    """Every product of the bank with the version of its offer that holds; those never offered last."""

    permission = "product-offers:read"
    title = _("Product offers")
    template_name = "segmentation/next_product/offers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        published = Published.objects.first()
        on = published.business_date if published else timezone.localdate()
        offers = ProductOffer.objects.select_related("proposal")
        holding = {each.product_id: each for each in offers.in_force(on)}
        coming = {each.product_id: each for each in offers.filter(effective_from__gt=on).order_by("-effective_from")}
        rows = [
            _row(product, holding.get(product.pk), coming.get(product.pk))
            for product in Product.objects.order_by("code")
        ]
        rows.sort(key=lambda row: not row["is_offered"])
        return super().get_context_data(rows=rows, may_change=self.may("drafts:write"), **kwargs)


class ChangeOffer(Page):
    """Begins a draft from the version in force."""

    permission = "drafts:write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        product = get_object_or_404(Product, pk=pk)
        draft = begin_draft(start=f"{OFFER}:{product.code}", by=self.request.user)
        return redirect("draft_edit", pk=draft.pk)


def _row(product: Product, version: ProductOffer | None, coming: ProductOffer | None) -> dict[str, Any]:
    shown = version or coming
    offer = readable(shown.content) if shown else None
    return {
        "product": product,
        "version": shown,
        "coming": coming,
        "words": said_of(offer) if offer else "",
        "is_offered": bool(version) and bool(offer) and not (offer and offer.is_retired),
        "can_be_read": offer is not None or shown is None,
    }
