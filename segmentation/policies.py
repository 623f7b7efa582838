"""A policy file: what it may hold, and where it is wrong. Upper apps bring parts of their own: slot "policies.parts"."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.parsing import MAX_LEVELS, TOO_DEEP, is_too_deep
from crm.base.slots import contributions
from segmentation.changes.definition import Definition as ChangeDefinition
from segmentation.checks import currency, known_keys, text
from segmentation.managed.definition import Assigning
from segmentation.next_product.definition import Offer
from segmentation.rules import Purpose, validate
from segmentation.rules.validation import refuse
from segmentation.schemes import Scheme
from segmentation.segments.definition import Definition
from segmentation.small_balance.definition import SmallBalance
from segmentation.standards.definition import Standard
from segmentation.steps import check_steps
from segmentation.value.assumptions import Assumptions

PARTS = {
    *("tier_scheme", "waiver_policy", "segments", "value", "service_standards", "product_offers", "change_rules"),
    "assignment_policy",
}
LINE_KEYS = {"tier", "fee", "percent", "cap_per_fee", "cap_per_month", "currency", "when"}
FRACTION = re.compile(r"(0(\.\d{1,4})?|1(\.0{1,4})?)", re.ASCII)
CAP = re.compile(r"\d{1,15}(\.\d{1,4})?", re.ASCII)
CEILING = "0.50"
MAX_LINES, MAX_SEGMENTS, MAX_OFFERS, MAX_RULES = 1000, 500, 500, 500


@dataclass(frozen=True)
class Part:
    """What an upper app brings under a key of the file; `publish(written, start)` checks, writes and says what was applied."""

    key: str
    publish: Callable[[Any, Any], Any]


def parts() -> list[Part]:
    return contributions("policies.parts")


@dataclass(frozen=True)
class Line:
    tier: str
    fee: str
    percent: Decimal
    cap_per_fee: Decimal | None
    cap_per_month: Decimal | None
    currency: str
    when: Mapping | None


@dataclass(frozen=True)
class Policy:
    """A whole file, checked. What the file does not speak of is None, of `segments`, `offers` and `changes` empty."""

    effective_from: date | None
    scheme: Scheme | None
    ceiling: Decimal
    lines: tuple[Line, ...] | None
    small_balance: SmallBalance | None = None
    segments: tuple[Definition, ...] = ()
    value: Assumptions | None = None
    standard: Standard | None = None
    offers: tuple[Offer, ...] = ()
    changes: tuple[ChangeDefinition, ...] = ()
    assigning: Assigning | None = None

    @classmethod
    def parse(cls, content: Any) -> "Policy":
        """Raises RuleBroken with the path of what is wrong."""
        if is_too_deep(content):
            refuse("policy", TOO_DEEP % {"most": MAX_LEVELS})
        known = PARTS | {part.key for part in parts()}
        known_keys(content, {"effective_from", *known}, "policy")
        if not known & set(content):
            refuse("policy", _("one of %(parts)s belongs here.") % {"parts": ", ".join(sorted(known))})
        waivers = content.get("waiver_policy", {})
        known_keys(waivers, {"ceiling", "lines", "small_balance"}, "waiver_policy")
        ceiling = _fraction(waivers.get("ceiling", CEILING), "waiver_policy.ceiling")
        scheme = Scheme.parse(content["tier_scheme"]) if "tier_scheme" in content else None
        if scheme:
            check_steps(scheme)
        return cls(
            effective_from=_day(content["effective_from"]) if "effective_from" in content else None,
            scheme=scheme,
            ceiling=ceiling,
            lines=_lines(waivers.get("lines"), ceiling) if "waiver_policy" in content else None,
            small_balance=SmallBalance.parse(waivers["small_balance"]) if "small_balance" in waivers else None,
            segments=_segments(content["segments"]) if "segments" in content else (),
            value=Assumptions.parse(content["value"]) if "value" in content else None,
            standard=Standard.parse(content["service_standards"]) if "service_standards" in content else None,
            offers=_offers(content["product_offers"]) if "product_offers" in content else (),
            changes=_changes(content["change_rules"]) if "change_rules" in content else (),
            assigning=Assigning.parse(content["assignment_policy"]) if "assignment_policy" in content else None,
        )


def _segments(written: Any) -> tuple[Definition, ...]:
    if not isinstance(written, list) or not 1 <= len(written) <= MAX_SEGMENTS:
        refuse("segments", _("a list of 1 to %(count)s segments belongs here.") % {"count": MAX_SEGMENTS})
    found = tuple(Definition.parse(each, path=f"segments[{place}]") for place, each in enumerate(written))
    codes = [each.code for each in found]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            refuse(f"segments[{place}].code", _("“%(code)s” stands here twice.") % {"code": code})
    return found


def _offers(written: Any) -> tuple[Offer, ...]:
    if not isinstance(written, list) or not 1 <= len(written) <= MAX_OFFERS:
        refuse("product_offers", _("a list of 1 to %(count)s product offers belongs here.") % {"count": MAX_OFFERS})
    found = tuple(Offer.parse(each, path=f"product_offers[{place}]") for place, each in enumerate(written))
    codes = [each.product for each in found]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            refuse(f"product_offers[{place}].product", _("“%(code)s” stands here twice.") % {"code": code})
    return found


def _changes(written: Any) -> tuple[ChangeDefinition, ...]:
    if not isinstance(written, list) or not 1 <= len(written) <= MAX_RULES:
        refuse("change_rules", _("a list of 1 to %(count)s change rules belongs here.") % {"count": MAX_RULES})
    found = tuple(ChangeDefinition.parse(each, path=f"change_rules[{place}]") for place, each in enumerate(written))
    codes = [each.code for each in found]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            refuse(f"change_rules[{place}].code", _("“%(code)s” stands here twice.") % {"code": code})
    return found


def _day(written: Any) -> date:
    try:
        if isinstance(written, str) and len(written) == 10:
            return date.fromisoformat(written)
    except ValueError:
        written = None
    refuse("effective_from", _('a date, such as "1993-01-01", belongs here.'))


def _fraction(written: Any, path: str) -> Decimal:
    if not isinstance(written, str) or not FRACTION.fullmatch(written):
        refuse(path, _('a fraction as a string, such as "0.10" for 10 percent, belongs here.'))
    return Decimal(written)


def _lines(lines: Any, ceiling: Decimal) -> tuple[Line, ...]:
    path = "waiver_policy.lines"
    if not isinstance(lines, list) or len(lines) > MAX_LINES:
        refuse(path, _("a list of at most %(count)s lines belongs here.") % {"count": MAX_LINES})
    found = [_line(line, f"{path}[{place}]", ceiling) for place, line in enumerate(lines)]
    pairs = [(line.tier, line.fee) for line in found]
    for place, pair in enumerate(pairs):
        if pair in pairs[:place]:
            refuse(
                f"{path}[{place}]", _("“%(tier)s” and “%(fee)s” stand here twice.") % {"tier": pair[0], "fee": pair[1]}
            )
    return tuple(found)


def _line(line: Any, path: str, ceiling: Decimal) -> Line:
    known_keys(line, LINE_KEYS, path)
    for key in ("tier", "fee"):
        text(line.get(key), 32, f"{path}.{key}")
    percent = _fraction(line.get("percent"), f"{path}.percent")
    if percent > ceiling:
        refuse(
            f"{path}.percent",
            _("%(percent)s is over the policy's ceiling of %(ceiling)s.") % {"percent": percent, "ceiling": ceiling},
        )
    if line.get("currency", "") != "":
        currency(line["currency"], f"{path}.currency")
    if "when" in line:
        validate(line["when"], purpose=Purpose.WAIVER, path=f"{path}.when")
    return Line(
        tier=line["tier"],
        fee=line["fee"],
        percent=percent,
        cap_per_fee=_cap(line, "cap_per_fee", path),
        cap_per_month=_cap(line, "cap_per_month", path),
        currency=line.get("currency", ""),
        when=line.get("when") or None,
    )


def _cap(line: Mapping, key: str, path: str) -> Decimal | None:
    written = line.get(key)
    if written is None:
        return None
    if not isinstance(written, str) or not CAP.fullmatch(written):
        refuse(f"{path}.{key}", _('an amount as a string, such as "30.00", belongs here.'))
    return Decimal(written)
