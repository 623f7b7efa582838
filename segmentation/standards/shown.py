"""The entitlements of a customer as pages and REST show them: in words, each origin by its name."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from crm.base.templatetags.frame import said_day
from customers.models import Customer
from segmentation.models import EntitlementOverride, GoldCard, Origin, Tier
from segmentation.standards.entitlements import Claim, Entitlement, Entitlements, entitlements_of
from segmentation.standards.saying import quota_of, where_of


@dataclass(frozen=True)
class Told:
    """A right in words: where it comes from, how often, what is used and left, and whether it is the one that counts."""

    claim: Claim
    origin: str
    quota: str
    left: str
    is_best: bool

    @property
    def share(self) -> int:
        """How many percent of the quota are used."""
        return min(100, 100 * self.claim.used // self.claim.quota) if self.claim.quota else 0


@dataclass(frozen=True)
class Line:
    entitlement: Entitlement
    where: str
    told: tuple[Told, ...]

    @property
    def best(self) -> Told | None:
        return next((each for each in self.told if each.is_best), None)

    @property
    def why(self) -> str:
        """Where the right that counts comes from, or who took the benefit away and why."""
        return (self.best or self.told[-1]).origin


@dataclass(frozen=True)
class Shown:
    """`card` is the state of the gold card on the day, None for who has none."""

    entitlements: Entitlements
    lines: tuple[Line, ...]
    card: GoldCard | None


@dataclass(frozen=True)
class _Names:
    """What the origins of several rights are called, read at once; owners out of reach are not named."""

    tiers: dict[int, str]
    overrides: dict[int, EntitlementOverride]
    owners: dict[int, Customer]

    @classmethod
    def of(cls, claims: list[Claim], user: Any) -> "_Names":
        tiers = {claim.tier_id for claim in claims if claim.tier_id}
        overrides = [claim.override_id for claim in claims if claim.override_id]
        owners = [claim.owner_id for claim in claims if claim.origin == Origin.HOUSEHOLD]
        return cls(
            tiers=dict(Tier.objects.filter(pk__in=tiers).values_list("pk", "name")) if tiers else {},
            overrides=EntitlementOverride.objects.in_bulk(overrides) if overrides else {},
            owners=Customer.objects.visible_to(user).in_bulk(owners) if owners else {},
        )

    def say(self, claim: Claim) -> str:
        if claim.origin == Origin.TIER:
            return _("from the tier %(tier)s") % {"tier": self.tiers[claim.tier_id or 0]}
        if claim.origin == Origin.HOUSEHOLD:
            owner = self.owners.get(claim.owner_id)
            said = {"tier": self.tiers[claim.tier_id or 0], "owner": owner or _("a member of the household")}
            return _("shared by %(owner)s, %(tier)s") % said
        override = self.overrides[claim.override_id or 0]
        said = {"reason": override.reason, "last": said_day((override.ended_on or override.until) - timedelta(days=1))}
        if claim.origin == Origin.WITHDRAWAL:
            return _("taken away until %(last)s: %(reason)s") % said
        return _("granted until %(last)s: %(reason)s") % said


def shown_of(customer: Customer, user: Any, on: date) -> Shown:
    found = entitlements_of(customer, on)
    names = _Names.of([claim for each in found.found for claim in each.claims], user)
    lines = tuple(
        Line(each, where_of(each.benefit.channel), tuple(_told(claim, each, names) for claim in each.claims))
        for each in sorted(found.found, key=lambda each: (not each.is_card, str(each.benefit)))
    )
    card = GoldCard.objects.filter(customer=customer).holding(on).first()
    return Shown(found, lines, card)


def _told(claim: Claim, entitlement: Entitlement, names: _Names) -> Told:
    is_gone = claim.origin == Origin.WITHDRAWAL
    return Told(
        claim=claim,
        origin=names.say(claim),
        quota="" if is_gone else quota_of(claim.quota, claim.per),
        left="" if is_gone else _left(claim),
        is_best=claim == entitlement.best,
    )


def _left(claim: Claim) -> str:
    if claim.quota is None:
        return _("%(used)s used this year") % {"used": claim.used}
    said = {
        "used": claim.used,
        "quota": claim.quota,
        "left": claim.left,
        "last": said_day(claim.ends - timedelta(days=1)),
    }
    return _("%(used)s of %(quota)s used, %(left)s left until %(last)s") % said
