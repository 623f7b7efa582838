"""Yes or no, by somebody else than the maker. The proposal is locked and looked at again: two at once make one effect."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.checkers import place_of
from crm.approvals.models import Proposal
from crm.approvals.services.reaching import close_reach
from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.base.sql import run_text
from crm.identity.models import User
from crm.identity.services import notify

MOST_TOGETHER = 20


def approve(*, proposal: Proposal, content_hash: str, by: User, reason: str = "", at: datetime | None = None) -> Any:
    """Apply it; `content_hash` is that of what the checker saw. What the kind's `apply` made is returned.

    A proposal whose base was overtaken is marked so, which stays, and refused.
    """
    at = at or timezone.now()
    with transaction.atomic():
        _in_turn([proposal])
        found = _locked([proposal])[0]
        overtaken = _approvable(found, content_hash=content_hash, by=by, at=at)
        if overtaken:
            _overtake(found, by=by, at=at)
        else:
            made = _approve(found, by=by, reason=reason, at=at)
    proposal.refresh_from_db()
    if overtaken:
        raise RuleBroken(_("What this proposal builds on has changed meanwhile; it must be made anew."), code="stale")
    return made


@transaction.atomic
def approve_many(
    *, proposals: Sequence[Proposal], hashes: dict[int, str], by: User, reason: str = "", at: datetime | None = None
) -> None:
    """Up to 20 small ones of one kind, all or nothing; `hashes` are the hashes that the checker saw, by id."""
    at = at or timezone.now()
    if not 1 <= len(proposals) <= MOST_TOGETHER:
        raise RuleBroken(_("Choose 1 to %(count)s proposals.") % {"count": MOST_TOGETHER})
    _in_turn(proposals)
    found = _locked(proposals)
    if {one.pk for one in found} != set(hashes):
        raise RuleBroken(_("One of them is not there any more."))
    if len({one.kind for one in found}) > 1:
        raise RuleBroken(_("Only proposals of one kind are approved together."))
    for one in found:
        if not one.is_small:
            raise RuleBroken(_("“%(title)s” is too large to be approved with others.") % {"title": one})
        if _approvable(one, content_hash=hashes.get(one.pk, ""), by=by, at=at):
            raise RuleBroken(_("What “%(title)s” builds on has changed meanwhile.") % {"title": one}, code="stale")
        _approve(one, by=by, reason=reason, at=at)


@transaction.atomic
def refuse(*, proposal: Proposal, reason: str, by: User, at: datetime | None = None) -> None:
    at = at or timezone.now()
    found = _locked([proposal])[0]
    if not reason.strip() or len(reason) > 500:
        raise RuleBroken(_("A reason of at most 500 characters belongs here."), field="reason")
    _still_open(found, at=at)
    place = place_of(found, by, at=at)
    _decide(found, Proposal.Status.REFUSED, by=by, place=place, reason=reason, at=at)
    text = _("Refused: %(title)s. %(reason)s") % {"title": found, "reason": reason.strip()}
    notify(users=[found.maker], text=text, url=reverse("proposal", args=[found.pk]), at=at)
    proposal.refresh_from_db()


def _in_turn(proposals: Sequence[Proposal]) -> None:
    """Of a kind that builds on versions one approval comes after the other: none finds its base in force while another one
    overtakes it."""
    for kind in sorted({one.kind for one in proposals if one.base_version}):
        run_text("SELECT pg_advisory_xact_lock(hashtext('approvals of ' || %(kind)s))", kind=kind)


def _locked(proposals: Sequence[Proposal]) -> list[Proposal]:
    return list(Proposal.objects.filter(pk__in=[one.pk for one in proposals]).locked())


def _still_open(found: Proposal, *, at: datetime) -> None:
    if not found.is_open:
        raise RuleBroken(_("This proposal is no longer open."), code="decided")
    if at >= found.expires_at:
        raise RuleBroken(_("This proposal has expired."), code="expired")


def _approvable(found: Proposal, *, content_hash: str, by: User, at: datetime) -> bool:
    """Raises where it may not be approved; whether its base was overtaken."""
    _still_open(found, at=at)
    place_of(found, by, at=at)
    if not content_hash == found.content_hash == digest(found.content):
        raise RuleBroken(_("This is not the content that you saw; look at it again."), code="hash")
    return found.what.base(found.content, found.effective_from) != found.base_version


def _approve(found: Proposal, *, by: User, reason: str, at: datetime) -> Any:
    if len(reason) > 500:
        raise RuleBroken(_("A reason of at most 500 characters belongs here."), field="reason")
    found.what.validate(found.content)
    _decide(found, Proposal.Status.APPROVED, by=by, place=place_of(found, by, at=at), reason=reason, at=at)
    made = found.what.apply(found, by)
    text = _("Approved: %(title)s") % {"title": found}
    notify(users=[found.maker], text=text, url=reverse("proposal", args=[found.pk]), at=at)
    return made


def _decide(found: Proposal, status: str, *, by: User, place: User | None, reason: str, at: datetime) -> None:
    found.status, found.checker, found.acting_for = status, by, place
    found.decided_at, found.decision_reason = at, reason.strip()
    found.save(update_fields=["status", "checker", "acting_for", "decided_at", "decision_reason"])
    close_reach(proposal=found, by=by, at=at)
    in_place_of = place.username if place else ""
    audit.record(f"proposal.{status}", found, by=by, hash=found.content_hash, reason=reason, in_place_of=in_place_of)


def _overtake(found: Proposal, *, by: User, at: datetime) -> None:
    found.status, found.decided_at = Proposal.Status.STALE, at
    found.save(update_fields=["status", "decided_at"])
    close_reach(proposal=found, by=by, at=at)
    audit.record("proposal.stale", found, by=by, base=found.base_version)
    text = _("Overtaken, make it anew: %(title)s") % {"title": found}
    notify(users=[found.maker], text=text, url=reverse("proposal", args=[found.pk]), at=at)
