"""The tier schemes as people read them: each tier's rule in words, and how many stand in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from crm.identity.models import User
from segmentation.models import SchemeVersion, Tier, TierPeriod, TierScheme
from segmentation.points import PointsLine
from segmentation.rules import FIELDS, sentence, spoken
from segmentation.rules.sentences import money
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
            measure=measure_of(parsed),
            review=review_of(parsed),
            levels=levels[::-1],
            is_in_force=version == in_force,
        )


def level_of(tier: TierRule, scheme: Scheme, members: int) -> Level:
    return Level(
        code=tier.code,
        name=tier.name,
        rule="; ".join(_asked(tier, scheme)),
        grace_months=tier.grace_months,
        breaker=", ".join(
            (_("up %(share)s %%") if direction == "up" else _("down %(share)s %%")) % {"share": share}
            for direction, share in tier.limits.items()
        ),
        members=members,
    )


def _asked(tier: TierRule, scheme: Scheme) -> Iterator[str]:
    """The rule, and what the tier says beside it."""
    yield sentence(tier.when, currency=scheme.currency) if tier.when else _("every customer")
    if tier.by_invitation:
        yield _("by invitation alone")
    if tier.hold_months:
        yield _("held for %(months)s months after an upgrade") % {"months": tier.hold_months}
    if tier.below:
        amount = money(tier.below.amount, scheme.currency)
        yield _("below it a fee of %(amount)s for each review, and no fall") % {"amount": amount}


def measure_of(scheme: Scheme) -> str:
    """The measure; of points, what gives how many."""
    label = str(FIELDS[scheme.measure].label)
    lines = "; ".join(_line(line, scheme.currency) for line in scheme.points)
    return f"{label} ({lines})" if lines else label


def _line(line: PointsLine, currency: str) -> str:
    if line.when:
        rule = sentence(line.when, currency=currency)
        return _("%(points)s where %(rule)s") % {"points": f"{line.points:,}", "rule": rule}
    field = FIELDS[line.field]
    per = spoken(field, line.per, currency)
    said = {"points": f"{line.points:,}", "per": per, "field": field.label, "most": f"{line.at_most or 0:,}"}
    if line.at_most is None:
        return _("%(points)s per %(per)s of %(field)s") % said
    return _("%(points)s per %(per)s of %(field)s, at most %(most)s") % said


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
