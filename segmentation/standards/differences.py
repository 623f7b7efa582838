"""Two versions of the service standards side by side, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from segmentation.differences import Change, changes_of
from segmentation.models import Tier
from segmentation.standards.definition import Standard, parsed
from segmentation.standards.saying import card_of, said_of, sheet_of, where_of


def standards_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """The gold card, benefit by benefit, what each tier gives, product by product."""
    return changes_of(_said(before), _said(after))


def _said(content: Mapping[str, Any] | None) -> dict[Any, tuple[str, str]]:
    if content is None:
        return {}
    standard: Standard = parsed(content)
    names = {each.code: each.name for each in standard.benefits}
    tiers = dict(Tier.objects.values_list("code", "name"))
    card = standard.card
    said: dict[Any, tuple[str, str]] = {
        "card": (_("Gold card"), f"{names[card.benefit]}. {card_of(card)}" if card else "")
    }
    for each in standard.benefits:
        words = "; ".join(filter(None, [each.name, each.description, where_of(each.channel)]))
        said["benefit", each.code] = (each.name, words)
    for right in standard.rights:
        said["line", right.tier, right.benefit] = (
            f"{tiers.get(right.tier, right.tier)}, {names[right.benefit]}",
            said_of(right),
        )
    for offer, shown in zip(standard.offers, sheet_of(standard).offers, strict=True):
        words = shown.rate or _("at the product's rate")
        said["product", offer.product, offer.tier, offer.segment] = (f"{shown.product}, {shown.to}", words)
    return said
