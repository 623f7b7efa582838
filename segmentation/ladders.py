"""The tier schemes as people read them: each tier's rule in words, and how many stand in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from crm.identity.models import User
from segmentation.models import SchemeVersion, Tier, TierPeriod, TierScheme
from segmentation.rules import FIELDS, sentence
from segmentation.schemes import Scheme, TierRule


@dataclass(frozen=True)
class Level:
    code: str
    name: str
    rule: str
    grace_months: int
    breaker: str
    members: int


@dataclass(frozen=True)
class Edition:
    """A version of a scheme; `levels` from the highest to the lowest."""

    version: SchemeVersion
    measure: str
    review: str
    levels: list[Level]
    is_in_force: bool


@dataclass(frozen=True)
class Ladder:
    scheme: TierScheme
    editions: list[Edition]


def ladders(user: Any, *, on: date) -> list[Ladder]:
    """Every scheme with its versions, newest first; the members are those whom the user may count."""
    counts = _members(user)
    schemes = TierScheme.objects.prefetch_related("versions").order_by("pk")
    return [Ladder(scheme, list(_editions(scheme, on, counts))) for scheme in schemes]


def _editions(scheme: TierScheme, on: date, counts: dict[tuple[int, str], int]) -> Iterator[Edition]:
    versions = sorted(scheme.versions.all(), key=lambda version: version.effective_from, reverse=True)
    in_force = next((version for version in versions if version.effective_from <= on), None)
    for version in versions:
        parsed = Scheme.parse(version.content)
        levels = [level_of(tier, parsed, counts.get((scheme.pk, tier.code), 0)) for tier in parsed.tiers]
        yield Edition(
            version=version,
            measure=str(FIELDS[parsed.measure].label),
            review=review_of(parsed),
            levels=levels[::-1],
            is_in_force=version == in_force,
        )


def level_of(tier: TierRule, scheme: Scheme, members: int) -> Level:
    return Level(
        code=tier.code,
        name=tier.name,
        rule=sentence(tier.when, currency=scheme.currency) if tier.when else _("every customer"),
        grace_months=tier.grace_months,
        breaker=", ".join(
            (_("up %(share)s %%") if direction == "up" else _("down %(share)s %%")) % {"share": share}
            for direction, share in tier.limits.items()
        ),
        members=members,
    )


def review_of(scheme: Scheme) -> str:
    if scheme.review_dates is None:
        return _("on the last day of each month")
    return _("on %(days)s of each year") % {"days": ", ".join(scheme.review_dates)}


def levels_of(scheme: Scheme) -> list[Level]:
    """The tiers of a scheme that is not in force, from the highest to the lowest."""
    return [level_of(tier, scheme, 0) for tier in scheme.tiers][::-1]


def _members(user: Any) -> dict[tuple[int, str], int]:
    """Of the whole book for who sets the tiers, who sees no customer; else of the own reach."""
    periods = TierPeriod.objects.open()
    if user.role != User.Role.ADMIN:
        periods = periods.visible_to(user)
    counted = dict(periods.order_by().values("tier").annotate(n=Count("pk")).values_list("tier", "n"))
    return {(tier.scheme_id, tier.code): counted.get(tier.pk, 0) for tier in Tier.objects.all()}
