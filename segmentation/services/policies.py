"""Publishing versions of the tier schemes and of the waiver policy. A version never changes afterwards."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.jobs.models import Run
from segmentation.changes.publishing import publish_change_rules
from segmentation.managed.publishing import publish_assigning
from segmentation.models import Published
from segmentation.next_product.publishing import publish_offers
from segmentation.policies import Policy, parts
from segmentation.segments.publishing import publish_segments
from segmentation.services.publishing import Applied, Start, publish_scheme, publish_waivers
from segmentation.standards.publishing import publish_standards
from segmentation.value.publishing import publish_value

# a new bank whose data have not come in yet: its policy holds from whatever its first day will be
BEGINNING = date(1900, 1, 1)


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
    applied = _write(policy, content, Start(start, is_asked=policy.effective_from is not None, by=by))
    if any(each.is_new for each in applied):
        check_start(start)
    return applied


@transaction.atomic
def publish(*, content: dict[str, Any], by: Any, proposal: Proposal) -> Applied:
    """Publish what an approved proposal says; `content` is a policy file of that one part. Raises RuleBroken."""
    _one_at_a_time()
    policy, start = Policy.parse(content), proposal.effective_from or next_day()
    check_start(start)
    applied = _write(
        policy, content, Start(start, is_asked=policy.effective_from is not None, by=by, proposal=proposal)
    )
    if not all(each.is_new for each in applied):
        raise RuleBroken(_("A version that says the same is published already."))
    return applied[0]


def _write(policy: Policy, content: dict[str, Any], start: Start) -> tuple[Applied, ...]:
    applied = []
    if policy.scheme:
        applied.append(publish_scheme(policy.scheme, content["tier_scheme"], start))
    if policy.lines is not None:
        applied.append(publish_waivers(policy, content["waiver_policy"], start))
    if policy.segments:
        applied.extend(publish_segments(policy.segments, content["segments"], start))
    if policy.value:
        applied.append(publish_value(policy.value, content["value"], start))
    if policy.standard is not None:
        applied.append(publish_standards(policy.standard, content["service_standards"], start))
    if policy.offers:
        applied.extend(publish_offers(policy.offers, content["product_offers"], start))
    if policy.changes:
        applied.extend(publish_change_rules(policy.changes, content["change_rules"], start))
    if policy.assigning is not None:
        applied.append(publish_assigning(policy.assigning, content["assignment_policy"], start))
    applied.extend(part.publish(content[part.key], start) for part in parts() if part.key in content)
    return tuple(applied)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('policies'))")


def first_due() -> date | None:
    """The day after the published one; None before the first night."""
    published = Published.objects.first()
    return published.business_date + timedelta(days=1) if published else None


def next_day() -> date:
    """The first business date that no night has run; before the first night, today."""
    return first_due() or timezone.localdate()


def check_new(content: Any, start: date | None, in_force: Any) -> None:
    """Whether a proposed version may start on a day, None the first that has not run, and says anything new beside `in_force`."""
    if start is not None:
        if start < timezone.localdate() and first_due() is None:
            raise RuleBroken(_("A policy takes effect on a future business date."), field="effective_from")
        check_start(start)
    if in_force is not None and in_force.content_hash == digest(content):
        raise RuleBroken(_("This is in force already."), field="content")


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
