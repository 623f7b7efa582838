"""Publishing versions of the tier schemes and of the waiver policy. A version never changes afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.jobs.models import Run
from segmentation.models import Published, SchemeVersion, Tier, TierScheme, WaiverLine, WaiverPolicy
from segmentation.policies import Line, Policy
from segmentation.schemes import Scheme

# a new bank whose data have not come in yet: its policy holds from whatever its first day will be
BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True)
class Applied:
    """`kind` is tier_scheme or waiver_policy; `is_new` is False where the same content was in force already."""

    kind: str
    number: int
    effective_from: date
    is_new: bool


@transaction.atomic
def apply_policy(*, content: dict[str, Any], by: Any, first_day: date | None = None) -> tuple[Applied, ...]:
    """Publish what a policy file holds, from its date or else from the first business date not yet run.

    For the set-up of a new bank: `first_day` is its first day with data. Raises RuleBroken.
    """
    _one_at_a_time()
    if any(was_published() for was_published in contributions("policies.proposal_published")):
        raise RuleBroken(_("A proposal was published before: policies now change by proposal alone."))
    policy = Policy.parse(content)
    due = first_due() or first_day or BEGINNING
    start = policy.effective_from or due
    applied = []
    if policy.scheme:
        applied.append(_scheme(policy, policy.scheme, content["tier_scheme"], start, by))
    if policy.lines is not None:
        applied.append(_waivers(policy, policy.lines, content["waiver_policy"], start, by))
    if any(each.is_new for each in applied):
        check_start(start)
    return tuple(applied)


@transaction.atomic
def publish(*, content: dict[str, Any], by: Any, proposal: Proposal) -> Applied:
    """Publish what an approved proposal says; `content` is a policy file of that one part. Raises RuleBroken."""
    _one_at_a_time()
    policy, start = Policy.parse(content), proposal.effective_from or first_due() or timezone.localdate()
    check_start(start)
    if policy.scheme:
        applied = _scheme(policy, policy.scheme, content["tier_scheme"], start, by, proposal)
    else:
        assert policy.lines is not None
        applied = _waivers(policy, policy.lines, content["waiver_policy"], start, by, proposal)
    if not applied.is_new:
        raise RuleBroken(_("A version that says the same is published already."))
    return applied


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('policies'))")


def first_due() -> date | None:
    """The day after the published one; None before the first night."""
    published = Published.objects.first()
    return published.business_date + timedelta(days=1) if published else None


def check_start(start: date) -> None:
    """A night that has run, or is running, keeps the policies that it read."""
    due = first_due()
    if due and start < due:
        raise RuleBroken(
            _("The nights before %(due)s have run; a policy can't take effect on %(start)s.")
            % {"due": due, "start": start},
            field="effective_from",
        )
    begun = Run.objects.nights().exclude(status__in=Run.ENDED).filter(business_date__gte=start)
    run = begun.filter(partitions__isnull=False).order_by("-business_date").first()
    if run:
        raise RuleBroken(
            _("The night of %(day)s has begun; wait until it has ended.") % {"day": run.business_date},
            field="effective_from",
        )


def _scheme(
    policy: Policy, scheme: Scheme, content: dict, start: date, by: Any, proposal: Proposal | None = None
) -> Applied:
    owner, _created = TierScheme.objects.get_or_create(customer_kind=scheme.customer_kind)
    hashed = digest(content)
    same = _in_force(owner.versions, policy, start, hashed)
    if same:
        return Applied("tier_scheme", same.number, same.effective_from, is_new=False)
    version = SchemeVersion.objects.create(
        scheme=owner,
        number=(owner.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        effective_from=start,
        currency=scheme.currency,
        measure=scheme.measure,
        content=content,
        content_hash=hashed,
        published_by=by if hasattr(by, "pk") else None,
        proposal=proposal,
    )
    TierScheme.objects.filter(pk=owner.pk).update(name=content.get("name", owner.name))
    Tier.objects.bulk_create(
        [Tier(scheme=owner, code=tier.code, name=tier.name, rank=rank) for rank, tier in enumerate(scheme.tiers)],
        update_conflicts=True,
        unique_fields=["scheme", "code"],
        update_fields=["name", "rank"],
    )
    audit.record("scheme_version.published", version, by=by, effective_from=str(start), hash=hashed)
    return Applied("tier_scheme", version.number, start, is_new=True)


def _waivers(
    policy: Policy, lines: tuple[Line, ...], content: dict, start: date, by: Any, proposal: Proposal | None = None
) -> Applied:
    check_tiers(lines)
    hashed = digest(content)
    same = _in_force(WaiverPolicy.objects, policy, start, hashed)
    if same:
        return Applied("waiver_policy", same.number, same.effective_from, is_new=False)
    version = WaiverPolicy.objects.create(
        number=(WaiverPolicy.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        effective_from=start,
        ceiling=policy.ceiling,
        content=content,
        content_hash=hashed,
        published_by=by if hasattr(by, "pk") else None,
        proposal=proposal,
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
    audit.record("waiver_policy.published", version, by=by, effective_from=str(start), hash=hashed)
    return Applied("waiver_policy", version.number, start, is_new=True)


def check_tiers(lines: tuple[Line, ...]) -> None:
    known = set(Tier.objects.values_list("code", flat=True))
    for place, line in enumerate(lines):
        if line.tier not in known:
            path = f"waiver_policy.lines[{place}].tier"
            raise RuleBroken(f"{path}: " + _("no scheme has a tier “%(tier)s”.") % {"tier": line.tier}, field=path)


def _in_force(versions: Any, policy: Policy, start: date, hashed: str) -> Any:
    """The version that says the same already: of the same date, or without a date the newest one.

    Refuses another content for a date that has a version.
    """
    dated = versions.filter(effective_from=start).first()
    newest = versions.order_by("-effective_from").first()
    for version in (dated, newest if policy.effective_from is None else None):
        if version and version.content_hash == hashed:
            return version
    if dated:
        raise RuleBroken(
            _("A version that takes effect on %(day)s is published, and published versions never change.")
            % {"day": start},
            field="effective_from",
        )
    return None
