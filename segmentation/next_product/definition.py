"""The offer of a product, parsed from the content of a policy file or of a stored version."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.models import Customer
from segmentation.checks import known_keys, not_late, one_of, text
from segmentation.rules import EVERYBODY, Purpose, Rule, validate
from segmentation.rules.validation import refuse

KEYS = {"product", "customer_kind", "tiers", "when", "retired"}
MAX_TIERS = 50


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
        kind, is_retired = content.get("customer_kind", ""), content.get("retired", False)
        if kind != "":
            one_of(kind, list(Customer.Kind.values), f"{path}.customer_kind")
        if not isinstance(is_retired, bool):
            refuse(f"{path}.retired", _("true or false belongs here."))
        return cls(content["product"], kind, _tiers(content, path), _rule(content, path), is_retired)


def _tiers(content: Mapping, path: str) -> tuple[str, ...]:
    written = content.get("tiers", [])
    if not isinstance(written, list) or len(written) > MAX_TIERS:
        refuse(f"{path}.tiers", _("a list of codes of tiers belongs here."))
    for place, code in enumerate(written):
        text(code, 32, f"{path}.tiers[{place}]")
    return tuple(dict.fromkeys(written))


def _rule(content: Mapping, path: str) -> Rule:
    if not content.get("when"):
        return EVERYBODY
    rule = validate(content["when"], purpose=Purpose.OFFER, path=f"{path}.when")
    not_late(rule, f"{path}.when")
    return rule


def readable(content: Mapping) -> Offer | None:
    """A stored one; None where this release no longer knows what its rule asks for."""
    try:
        return _parsed(json.dumps(content))
    except RuleBroken:
        return None


@lru_cache(maxsize=512)
def _parsed(content: str) -> Offer:
    return Offer.parse(json.loads(content))
