"""The offer of a product, parsed from the content of a policy file or of a stored version."""

from dataclasses import dataclass
from typing import Any

from segmentation.checks import customer_kind, flag, known_keys, rule, text, tier_codes
from segmentation.rules import Purpose, Rule
from segmentation.stored import Stored

KEYS = {"product", "customer_kind", "tiers", "when", "retired"}


@dataclass(frozen=True)
class Offer:
    """To whom a product may be suggested: all of them for "", none and everybody. A retired one is no longer offered."""

    product: str
    customer_kind: str
    tiers: tuple[str, ...]
    when: Rule
    is_retired: bool = False

    @classmethod
    def parse(cls, content: Any, *, path: str = "product_offer") -> "Offer":
        """Raises RuleBroken with the path of what is wrong."""
        known_keys(content, KEYS, path)
        text(content.get("product"), 32, f"{path}.product")
        return cls(
            product=content["product"],
            customer_kind=customer_kind(content.get("customer_kind", ""), f"{path}.customer_kind"),
            tiers=tier_codes(content.get("tiers", []), f"{path}.tiers"),
            when=rule(content.get("when"), Purpose.OFFER, f"{path}.when"),
            is_retired=flag(content.get("retired", False), f"{path}.retired"),
        )


readable = Stored(Offer.parse).readable
