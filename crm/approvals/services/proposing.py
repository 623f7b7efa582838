from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.checkers import checkers_of
from crm.approvals.kinds import Content, Effect, Kind, kind_of
from crm.approvals.models import Proposal
from crm.approvals.services.reaching import close_reach, open_reach
from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services import notify

LASTS = timedelta(days=7)


@transaction.atomic
def propose(
    *,
    kind: str,
    content: Content,
    title: str,
    reason: str,
    by: User,
    effective_from: date | None = None,
    effect: Effect | None = None,
    at: datetime | None = None,
) -> Proposal:
    """Lay the whole content before those who may decide. `effect` is what a simulation found; else the kind reckons it.

    Raises RuleBroken, its field being a path in the content, or `title`, `reason`, `effective_from`, `kind`.
    """
    at, asked = at or timezone.now(), kind_of(kind)
    _refuse(kind=asked, title=title, reason=reason, by=by)
    asked.may_propose(content, by)
    asked.validate(content)
    if asked.subject(content) == by.pk:
        raise RuleBroken(_("Nobody proposes a role, reach or a login for themselves."), field="username")
    proposal = _drawn_up(asked, content, asked.starts(content, effective_from), effect)
    proposal.title, proposal.reason, proposal.maker = asked.title(content, title.strip()), reason.strip(), by
    proposal.made_at, proposal.made_on, proposal.expires_at = at, timezone.localdate(at), at + LASTS
    proposal.save()
    asked.made(proposal)
    who = checkers_of(proposal, at=at)
    open_reach(proposal=proposal, users=who, by=by, at=at)
    audit.record(
        "proposal.made", proposal, by=by, proposed=kind, hash=proposal.content_hash, base=proposal.base_version
    )
    text = _("%(who)s proposes: %(title)s") % {"who": by, "title": proposal.title}
    notify(users=who, text=text, url=reverse("proposal", args=[proposal.pk]), at=at)
    return proposal


def _drawn_up(kind: Kind, content: Content, starts: date | None, effect: Effect | None) -> Proposal:
    effect = kind.simulate(content) if effect is None else effect
    amount, currency = kind.cost(content, effect) or (None, "")
    return Proposal(
        kind=kind.name,
        content=content,
        content_hash=digest(content),
        base_version=kind.base(content, starts),
        effect=effect,
        effective_from=starts,
        amount=amount,
        currency=currency,
        subject_user_id=kind.subject(content),
    )


def _refuse(*, kind: Kind, title: str, reason: str, by: User) -> None:
    if by.role not in kind.makers or not by.is_active:
        raise RuleBroken(_("Your role doesn't propose this."), field="kind")
    if not title.strip() or len(title) > 200:
        raise RuleBroken(_("A title of at most 200 characters belongs here."), field="title")
    if not reason.strip() or len(reason) > 500:
        raise RuleBroken(_("A reason of at most 500 characters belongs here."), field="reason")


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, at: datetime | None = None) -> None:
    """Only the maker, and only what is still open."""
    if proposal.maker_id != by.pk:
        raise RuleBroken(_("Only who made a proposal withdraws it."))
    call_off(proposal=proposal, by=by, at=at)


@transaction.atomic
def call_off(*, proposal: Proposal, by: User, at: datetime | None = None) -> None:
    """Close it undecided, since what it asks for is settled otherwise; the verb that settles it knows who may. The maker is told."""
    at, found = at or timezone.now(), Proposal.objects.locked().get(pk=proposal.pk)
    if not found.is_open:
        raise RuleBroken(_("This proposal is no longer open."), code="decided")
    found.status, found.decided_at = Proposal.Status.WITHDRAWN, at
    found.save(update_fields=["status", "decided_at"])
    close_reach(proposal=found, by=by, at=at)
    audit.record("proposal.withdrawn", found, by=by)
    if found.maker_id != by.pk:
        text = _("Settled otherwise: %(title)s") % {"title": found}
        notify(users=[found.maker], text=text, url=reverse("proposal", args=[found.pk]), at=at)
    proposal.refresh_from_db()
