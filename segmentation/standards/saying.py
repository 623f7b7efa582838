"""Service standards in words: a benefit a row, a tier a column, and the products beneath."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Interaction, Product
from segmentation.models import Segment, Tier
from segmentation.standards.definition import Benefit, Card, Right, Standard
from segmentation.standards.periods import Period
from segmentation.waivers import percent


@dataclass(frozen=True)
class Given:
    """A benefit, what each tier gives of it, "" nothing, and whether it is the gold card."""

    benefit: Benefit
    where: str
    cells: tuple[str, ...]
    is_card: bool


@dataclass(frozen=True)
class Offered:
    product: str
    to: str
    is_segment: bool
    rate: str


@dataclass(frozen=True)
class Sheet:
    """`tiers` are those that the standards speak of, from the highest to the lowest of each scheme."""

    tiers: tuple[Tier, ...]
    rows: tuple[Given, ...]
    offers: tuple[Offered, ...]
    card: str


def sheet_of(standard: Standard) -> Sheet:
    spoken = {right.tier for right in standard.rights}
    tiers = {tier.code: tier for tier in Tier.objects.filter(code__in=spoken).order_by("scheme", "-rank")}
    rights = {(right.benefit, right.tier): right for right in standard.rights}
    rows = (
        Given(
            benefit=each,
            where=where_of(each.channel),
            cells=tuple(said_of(rights.get((each.code, code))) for code in tiers),
            is_card=standard.card is not None and standard.card.benefit == each.code,
        )
        for each in standard.benefits
    )
    return Sheet(tuple(tiers.values()), tuple(rows), tuple(_offered(standard)), card_of(standard.card))


def where_of(channel: str) -> str:
    return str(Interaction.Channel(channel).label) if channel else _("any channel")


def said_of(right: Right | None) -> str:
    """How often, how early in the queue, and whether the household shares it."""
    return "; ".join(parts_of(right)) if right else ""


def parts_of(right: Right) -> Iterable[str]:
    yield capfirst(quota_of(right.quota, right.per))
    if right.queue_weight:
        yield _("queue weight %(weight)s") % {"weight": right.queue_weight}
    if right.is_shared:
        yield _("shared with the household")


def quota_of(quota: int | None, per: str | None) -> str:
    if quota is None or not per:
        return _("as often as wished")
    said = {
        Period.MONTH: ngettext("%(n)s time a month", "%(n)s times a month", quota),
        Period.QUARTER: ngettext("%(n)s time a quarter", "%(n)s times a quarter", quota),
        Period.YEAR: ngettext("%(n)s time a year", "%(n)s times a year", quota),
    }
    return said[Period(per)] % {"n": quota}


def card_of(card: Card | None) -> str:
    if card is None:
        return _("No benefit is the gold card.")
    causes = [_("the customer or their money is frozen")] if card.on_frozen else []
    if card.watch_months:
        months = ngettext("on watch for %(n)s month", "on watch for %(n)s months", card.watch_months)
        causes.append(months % {"n": card.watch_months})
    if not causes:
        return _("The gold card is never suspended by the tier.")
    return _("The gold card is suspended while: %(causes)s.") % {"causes": "; ".join(causes)}


def _offered(standard: Standard) -> Iterable[Offered]:
    products = dict(Product.objects.values_list("code", "name"))
    tiers = dict(Tier.objects.values_list("code", "name"))
    segments = dict(Segment.objects.values_list("code", "name"))
    for offer in standard.offers:
        to = tiers.get(offer.tier, offer.tier) if offer.tier else segments.get(offer.segment, offer.segment)
        yield Offered(products.get(offer.product, offer.product), to, bool(offer.segment), rate_of(offer.rate))


def rate_of(rate: Decimal | None) -> str:
    return percent(rate) if rate is not None else ""
