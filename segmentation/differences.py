"""Two versions of a scheme or of the waiver policy, side by side in words. Contents are those of the policy file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from customers.models import FeeType
from segmentation.ladders import level_of, measure_of, review_of
from segmentation.levels import EXTRA_KEYS
from segmentation.models import Tier
from segmentation.policies import Line, Policy
from segmentation.schemes import Scheme
from segmentation.segments.definition import readable
from segmentation.segments.saying import currencies, said_of
from segmentation.small_balance.saying import said_of as said_of_small_balance
from segmentation.value.assumptions import Assumptions
from segmentation.value.saying import headed
from segmentation.waivers import limits_of, percent


@dataclass(frozen=True)
class Change:
    """`before` is "" for what is new, `after` for what goes."""

    what: str
    before: str
    after: str


def scheme_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """First what holds for the whole scheme, then tier by tier from the highest to the lowest."""
    return changes_of(_said_of_scheme(before), _said_of_scheme(after))


def waiver_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """The ceiling, then line by line."""
    return changes_of(_said_of_waivers(before), _said_of_waivers(after))


def segment_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    return changes_of(_said_of_segment(before), _said_of_segment(after))


def value_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """Row by row of each table."""
    return changes_of(*(headed(Assumptions.parse(content)) if content else {} for content in (before, after)))


def changes_of(old: dict[Any, tuple[str, str]], new: dict[Any, tuple[str, str]]) -> list[Change]:
    """What both say differently; the keys tell which belong together, values are (heading, words)."""
    found = []
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key, ("", "")), new.get(key, ("", ""))
        if before[1] != after[1]:
            found.append(Change(after[0] or before[0], before[1], after[1]))
    return found


def _said_of_scheme(content: Mapping[str, Any] | None) -> dict[Any, tuple[str, str]]:
    if content is None:
        return {}
    scheme = Scheme.parse(content)
    codes = " < ".join(tier.name for tier in scheme.tiers)
    said = {
        "name": (_("Name"), content.get("name", "")),
        "currency": (_("Currency"), scheme.currency),
        "measure": (_("Figure"), measure_of(scheme)),
        "review": (_("Review"), review_of(scheme)),
        "order": (_("Tiers"), codes),
    }
    for tier in reversed(scheme.tiers):
        said |= dict(_said_of_tier(level_of(tier, scheme, 0)))
    return said | _unspoken(content)


def _said_of_tier(level: Any) -> Iterator[tuple[Any, tuple[str, str]]]:
    for key, heading, said in (
        ("name", _("%(tier)s: name"), level.name),
        ("rule", _("%(tier)s: rule"), level.rule),
        ("grace", _("%(tier)s: months of grace"), str(level.grace_months)),
        ("breaker", _("%(tier)s: breaker"), level.breaker),
    ):
        yield (level.code, key), (heading % {"tier": level.name}, said)


def _unspoken(content: Mapping[str, Any]) -> dict[Any, tuple[str, str]]:
    """Keys that no words are found for here are shown as they are written: nothing changes in silence."""
    spoken = {"customer_kind", "name", "currency", "measure", "review", "tiers", "max_moves_percent", "points"}
    of_tier = {"code", "name", "when", "grace_months", "max_moves_percent", *EXTRA_KEYS}
    said = {key: (key, str(value)) for key, value in content.items() if key not in spoken}
    for tier in content["tiers"]:
        more = {(tier["code"], key): (f"{tier['name']}: {key}", str(tier[key])) for key in tier if key not in of_tier}
        said |= more  # type: ignore[arg-type]
    return said


def _said_of_segment(content: Mapping[str, Any] | None) -> dict[Any, tuple[str, str]]:
    definition = readable(content) if content else None
    if definition is None:
        return {}
    said = {
        "name": (_("Name"), definition.name),
        "scheme": (_("Scheme"), definition.scheme),
        "priority": (_("Priority"), str(definition.priority)),
        "description": (_("Description"), definition.description),
        "rule": (_("Rule"), said_of(definition, currencies())),
    }
    return said


def _said_of_waivers(content: Mapping[str, Any] | None) -> dict[Any, tuple[str, str]]:
    if content is None:
        return {}
    policy = Policy.parse({"waiver_policy": content})
    fees, tiers = dict(FeeType.objects.values_list("code", "name")), dict(Tier.objects.values_list("code", "name"))
    said: dict[Any, tuple[str, str]] = {"ceiling": (_("Ceiling"), percent(policy.ceiling))}
    if policy.small_balance:
        said |= {
            heading: (heading, words) for heading, words in said_of_small_balance(policy.small_balance, tiers, fees)
        }
    for line in policy.lines or ():
        heading = f"{tiers.get(line.tier, line.tier)}, {fees.get(line.fee, line.fee)}"
        said[line.tier, line.fee] = (heading, _said_of_line(line))
    return said


def _said_of_line(line: Line) -> str:
    limits = limits_of(line.cap_per_fee, line.cap_per_month, line.currency, line.when)
    return "; ".join([percent(Decimal(line.percent)), *limits])
