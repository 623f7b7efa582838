"""Service standards, parsed from the content of a policy file or of a stored version."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from customers.models import Interaction
from segmentation.checks import codeword, flag, known_keys, one_of, text, whole
from segmentation.rules.validation import refuse, short
from segmentation.standards.periods import Period
from segmentation.stored import Stored

PATH = "service_standards"
KEYS = {"gold_card", "benefits", "lines", "products"}
CARD_KEYS = {"benefit", "frozen", "watch_months"}
BENEFIT_KEYS = {"code", "name", "description", "channel"}
LINE_KEYS = {"tier", "benefit", "quota", "per", "queue_weight", "shared"}
PRODUCT_KEYS = {"product", "tier", "segment", "rate"}
RATE = re.compile(r"0(\.\d{1,6})?", re.ASCII)
MAX_ROWS, MAX_QUOTA, MAX_WEIGHT, MAX_MONTHS = 1000, 9999, 99, 24
T = TypeVar("T")


@dataclass(frozen=True)
class Card:
    """Which benefit the gold card is, and what suspends it: a freeze, by status or by a court, and so many months on watch."""

    benefit: str
    on_frozen: bool = False
    watch_months: int | None = None


@dataclass(frozen=True)
class Benefit:
    """`channel` is the only one at which it is given, "" any."""

    code: str
    name: str
    description: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Right:
    """What a tier gives: `quota` uses in each `per`, None as often as one likes. A larger `queue_weight` is served earlier."""

    tier: str
    benefit: str
    quota: int | None
    per: Period | None
    queue_weight: int = 0
    is_shared: bool = False


@dataclass(frozen=True)
class Offer:
    """A product that is open to a tier or to a segment, at a rate of its own or, None, at the product's."""

    product: str
    tier: str = ""
    segment: str = ""
    rate: Decimal | None = None


@dataclass(frozen=True)
class Standard:
    card: Card | None = None
    benefits: tuple[Benefit, ...] = ()
    rights: tuple[Right, ...] = ()
    offers: tuple[Offer, ...] = ()

    @classmethod
    def parse(cls, content: Any, *, path: str = PATH) -> "Standard":
        """By itself: whether tiers, products and segments are known is asked elsewhere. Raises RuleBroken with a path."""
        known_keys(content, KEYS, path)
        benefits = _rows(content, "benefits", path, _benefit, key=lambda each: each.code)
        codes = {each.code for each in benefits}
        return cls(
            card=_card(content["gold_card"], codes, f"{path}.gold_card") if "gold_card" in content else None,
            benefits=benefits,
            rights=_rows(
                content, "lines", path, lambda row, at: _right(row, codes, at), key=lambda r: (r.tier, r.benefit)
            ),
            offers=_rows(content, "products", path, _offer, key=lambda each: (each.product, each.tier, each.segment)),
        )


def _rows(
    content: Mapping, name: str, path: str, parse: Callable[[Any, str], T], *, key: Callable[[T], Any]
) -> tuple[T, ...]:
    written = content.get(name, [])
    if not isinstance(written, list) or len(written) > MAX_ROWS:
        refuse(f"{path}.{name}", _("a list of at most %(count)s lines belongs here.") % {"count": MAX_ROWS})
    found: list[T] = []
    for place, row in enumerate(written):
        one = parse(row, f"{path}.{name}[{place}]")
        if key(one) in map(key, found):
            refuse(f"{path}.{name}[{place}]", _("this stands here twice."))
        found.append(one)
    return tuple(found)


def _card(written: Any, codes: set[str], path: str) -> Card:
    known_keys(written, CARD_KEYS, path)
    months = written.get("watch_months")
    return Card(
        benefit=_of_benefits(written.get("benefit"), codes, f"{path}.benefit"),
        on_frozen=_claim(written, "frozen", path),
        watch_months=None if months is None else whole(months, 1, MAX_MONTHS, f"{path}.watch_months"),
    )


def _benefit(written: Any, path: str) -> Benefit:
    known_keys(written, BENEFIT_KEYS, path)
    codeword(written.get("code"), f"{path}.code")
    text(written.get("name"), 80, f"{path}.name")
    if written.get("description", "") != "":
        text(written["description"], 300, f"{path}.description")
    if written.get("channel", "") != "":
        one_of(written["channel"], list(Interaction.Channel.values), f"{path}.channel")
    return Benefit(written["code"], written["name"], written.get("description", ""), written.get("channel", ""))


def _right(written: Any, codes: set[str], path: str) -> Right:
    known_keys(written, LINE_KEYS, path)
    text(written.get("tier"), 32, f"{path}.tier")
    benefit = _of_benefits(written.get("benefit"), codes, f"{path}.benefit")
    quota, per, weight = written.get("quota"), written.get("per", ""), written.get("queue_weight")
    if per != "":
        one_of(per, list(Period.values), f"{path}.per")
    if (quota is None) != (per == ""):
        place = "per" if quota is not None else "quota"
        refuse(f"{path}.{place}", _("how often and in which period are said together, or neither."))
    return Right(
        tier=written["tier"],
        benefit=benefit,
        quota=None if quota is None else whole(quota, 1, MAX_QUOTA, f"{path}.quota"),
        per=Period(per) if per else None,
        queue_weight=0 if weight is None else whole(weight, 1, MAX_WEIGHT, f"{path}.queue_weight"),
        is_shared=_claim(written, "shared", path),
    )


def _offer(written: Any, path: str) -> Offer:
    known_keys(written, PRODUCT_KEYS, path)
    text(written.get("product"), 32, f"{path}.product")
    tier, segment, rate = written.get("tier", ""), written.get("segment", ""), written.get("rate")
    if bool(tier) == bool(segment):
        refuse(f"{path}.tier", _("a product is opened to a tier or to a segment: one of the two belongs here."))
    text(tier or segment, 32, f"{path}.{'tier' if tier else 'segment'}")
    if rate is not None and (not isinstance(rate, str) or not RATE.fullmatch(rate)):
        refuse(f"{path}.rate", _('a yearly rate as a string, such as "0.0185" for 1.85 percent, belongs here.'))
    return Offer(written["product"], tier, segment, None if rate is None else Decimal(rate))


def _claim(written: Mapping, key: str, path: str) -> bool:
    return flag(written.get(key, False), f"{path}.{key}")


def _of_benefits(code: Any, codes: set[str], path: str) -> str:
    if not isinstance(code, str) or code not in codes:
        refuse(path, _("no benefit of these standards has the code “%(code)s”.") % {"code": short(code or "")})
    return code


parsed = Stored(Standard.parse, most=64).parsed
