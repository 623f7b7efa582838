"""Product offers as proposals: the content is one entry of `product_offers` in a policy file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from customers.models import Product
from segmentation.counting import picked_by
from segmentation.differences import Change, changes_of
from segmentation.models import ProductOffer
from segmentation.next_product.definition import Offer
from segmentation.next_product.publishing import check
from segmentation.next_product.saying import said_parts
from segmentation.rules import Purpose
from segmentation.services.policies import next_day
from segmentation.versioned import Versioned

OFFER = "product_offer"


def validate(content: Any) -> None:
    Offer.parse(content)


def examine(content: Any, on: date | None = None) -> None:
    """Whether it can be published from a day on, or from the first that no night has run. Raises RuleBroken."""
    check({OFFER: Offer.parse(content)}, on or next_day())


def offer_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    return changes_of(*(said_parts(content) if content else {} for content in (before, after)))


OFFERED = Versioned(
    OFFER,
    in_force=lambda content, day: (
        ProductOffer.objects.in_force(day).filter(product__code=content.get("product", "")).first()
    ),
    versions=lambda content: ProductOffer.objects.filter(product__code=content["product"]),
    differ=offer_changes,
    key="product",
    listed="product_offers",
    fits=examine,
)


def simulate(content: Content) -> Effect:
    """How many customers meet the rule by the published figures; kind counted, tiers and suitability not."""
    offer = Offer.parse(content)
    if offer.is_retired:
        return {}
    return picked_by(offer.when, purpose=Purpose.OFFER, customer_kind=offer.customer_kind)


def sentences(proposal: Proposal) -> tuple[str, str]:
    code = proposal.content.get("product", "")
    name = Product.objects.filter(code=code).values_list("name", flat=True).first() or code
    dated = _("Offer of “%(name)s”, from %(day)s: %(what)s.")
    at_once = _("Offer of “%(name)s”, from the next night on: %(what)s.")
    return OFFERED.said(proposal, dated=dated, at_once=at_once, name=name), _effect(proposal)


def _effect(proposal: Proposal) -> str:
    if proposal.content.get("retired"):
        return _("It is suggested to nobody any more.")
    picked = proposal.effect.get("picked")
    if not isinstance(picked, int):
        return _("Whom it picks is not known yet.")
    said = ngettext("%(count)s customer meets the rule", "%(count)s customers meet the rule", picked)
    return _("%(picked)s; the risk level and the tiers narrow them further.") % {
        "picked": said % {"count": f"{picked:,}"}
    }


KIND = OFFERED.proposed(gettext_lazy("Product offer"), validate=validate, sentences=sentences, simulate=simulate)
