"""Writing versions of the tier schemes and of the waiver policy. A version never changes afterwards."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from segmentation.models import SchemeVersion, Tier, TierScheme, WaiverLine, WaiverPolicy
from segmentation.policies import Policy
from segmentation.schemes import Scheme
from segmentation.waiver_checks import check_known


@dataclass(frozen=True)
class Applied:
    """`kind` is tier_scheme, waiver_policy or "segment:rising"; `is_new` is False where the same was in force already."""

    kind: str
    number: int
    effective_from: date
    is_new: bool


@dataclass(frozen=True)
class Start:
    """From which day a version holds, and whether somebody asked for just that day; who publishes it, by which proposal."""

    day: date
    is_asked: bool
    by: Any
    proposal: Proposal | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What every version keeps of it."""
        person = self.by if hasattr(self.by, "pk") else None
        return {"effective_from": self.day, "published_by": person, "proposal": self.proposal}


def next_number(versions: Any) -> int:
    return (versions.aggregate(last=Max("number"))["last"] or 0) + 1


def publish_scheme(scheme: Scheme, content: dict[str, Any], start: Start) -> Applied:
    owner, _created = TierScheme.objects.get_or_create(customer_kind=scheme.customer_kind)
    hashed = digest(content)
    if same := said_already(owner.versions, start, hashed):
        return Applied("tier_scheme", same.number, same.effective_from, is_new=False)
    version = SchemeVersion.objects.create(
        scheme=owner,
        number=next_number(owner.versions),
        currency=scheme.currency,
        measure=scheme.measure,
        content=content,
        content_hash=hashed,
        **start.columns,
    )
    TierScheme.objects.filter(pk=owner.pk).update(name=content.get("name", owner.name))
    Tier.objects.bulk_create(
        [Tier(scheme=owner, code=tier.code, name=tier.name, rank=rank) for rank, tier in enumerate(scheme.tiers)],
        update_conflicts=True,
        unique_fields=["scheme", "code"],
        update_fields=["name", "rank"],
    )
    audit.record("scheme_version.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied("tier_scheme", version.number, start.day, is_new=True)


def publish_waivers(policy: Policy, content: dict[str, Any], start: Start) -> Applied:
    lines = policy.lines or ()
    check_known(content)
    hashed = digest(content)
    if same := said_already(WaiverPolicy.objects, start, hashed):
        return Applied("waiver_policy", same.number, same.effective_from, is_new=False)
    version = WaiverPolicy.objects.create(
        number=next_number(WaiverPolicy.objects),
        ceiling=policy.ceiling,
        content=content,
        content_hash=hashed,
        **start.columns,
    )
    WaiverLine.objects.bulk_create(
        WaiverLine(
            policy=version,
            tier_code=line.tier,
            fee_code=line.fee,
            percent=line.percent,
            cap_per_fee=line.cap_per_fee,
            cap_per_month=line.cap_per_month,
            currency=line.currency,
            rule=line.when,
        )
        for line in lines
    )
    audit.record("waiver_policy.published", version, by=start.by, effective_from=str(start.day), hash=hashed)
    return Applied("waiver_policy", version.number, start.day, is_new=True)


def said_already(versions: Any, start: Start, hashed: str) -> Any:
    """The version that says the same already: of the same date, or where no date was asked for the newest one.

    Refuses another content for a date that has a version.
    """
    dated = versions.filter(effective_from=start.day).first()
    newest = versions.order_by("-effective_from").first()
    for version in (dated, None if start.is_asked else newest):
        if version and version.content_hash == hashed:
            return version
    if dated:
        raise RuleBroken(
            _("A version that takes effect on %(day)s is published, and published versions never change.")
            % {"day": start.day},
            field="effective_from",
        )
    return None
