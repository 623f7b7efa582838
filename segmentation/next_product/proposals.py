"""Product offers as proposals: the content is one entry of `product_offers` in a policy file."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from customers.models import Product
from segmentation.counting import count
from segmentation.differences import Change, changes_of
from segmentation.models import ProductOffer
from segmentation.next_product.definition import Offer
from segmentation.next_product.publishing import check
from segmentation.next_product.saying import said_parts
from segmentation.rules import Purpose
from segmentation.services.policies import check_new, next_day, publish
from segmentation.services.publishing import Applied

OFFER = "product_offer"


def validate(content: Any) -> None:
    Offer.parse(content)


def examine(content: Any, on: date | None = None) -> None:
    """Whether it can be published from a day on, or from the first that no night has run. Raises RuleBroken."""
    check({OFFER: Offer.parse(content)}, on or next_day())


def _in_force(content: Content, on: date | None) -> ProductOffer | None:
    return ProductOffer.objects.in_force(on or next_day()).filter(product__code=content.get("product", "")).first()


def starts(content: Content, wished: date | None) -> date | None:
    """None is the first business date that has not run when it is approved."""
    check_new(content, wished, _in_force(content, wished))
    examine(content, wished)
    return wished


def base(content: Content, effective_from: date | None) -> str:
    version = _in_force(content, effective_from)
    return f"{OFFER}:{content['product']}:{version.number if version else 0}"


def built_on(proposal: Proposal) -> ProductOffer | None:
    number = int(proposal.base_version.rpartition(":")[2])
    return ProductOffer.objects.filter(product__code=proposal.content["product"], number=number).first()


def changes(proposal: Proposal) -> list[Change]:
    before = built_on(proposal)
    return changes_of(said_parts(before.content) if before else {}, said_parts(proposal.content))


def details(proposal: Proposal) -> Details:
    return Details("segmentation/_changes.html", {"changes": changes(proposal), "before": built_on(proposal)})


def simulate(content: Content) -> Effect:
    """How many customers meet the rule by the published figures; kind counted, tiers and suitability not."""
    offer = Offer.parse(content)
    if offer.is_retired:
        return {}
    try:
        found = count(offer.when, user=None, purpose=Purpose.OFFER, customer_kind=offer.customer_kind)
    except RuleBroken:  # it speaks of a segment that begins later
        return {}
    return {"picked": found.picked, "customers": found.asked, "data_date": str(found.as_of)} if found else {}


def apply(proposal: Proposal, by: Any) -> Applied:
    return publish(content={"product_offers": [proposal.content]}, by=by, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    code = proposal.content.get("product", "")
    name = Product.objects.filter(code=code).values_list("name", flat=True).first() or code
    said = {"name": name, "what": "; ".join(change.what for change in changes(proposal))}
    text = _("Offer of “%(name)s”, from the next night on: %(what)s.")
    if proposal.effective_from:
        said["day"] = said_day(proposal.effective_from)
        text = _("Offer of “%(name)s”, from %(day)s: %(what)s.")
    return text % said, _effect(proposal)


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


KIND = Kind(
    OFFER, gettext_lazy("Product offer"), validate=validate, apply=apply, sentences=sentences, base=base, starts=starts,
    details=details, simulate=simulate,
)  # fmt: skip
