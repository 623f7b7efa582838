"""What time does to open proposals. Beat rings every quarter of an hour; each verb can be repeated."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.approvals.checkers import checkers_of
from crm.approvals.models import Proposal
from crm.approvals.services.reaching import close_reach
from crm.audit import services as audit
from crm.identity.models import Branch, User
from crm.identity.services import notify

CLOCK = "clock"
REMINDED_AFTER = timedelta(days=1)
ESCALATED_BEFORE = timedelta(days=2)


@transaction.atomic
def expire(*, at: datetime) -> int:
    """Close what nobody decided within its seven days, and tell the makers; how many."""
    overdue = list(Proposal.objects.open().filter(expires_at__lte=at).locked().select_related("maker"))
    for proposal in overdue:
        proposal.status, proposal.decided_at = Proposal.Status.EXPIRED, at
        proposal.save(update_fields=["status", "decided_at"])
        close_reach(proposal=proposal, by=CLOCK, at=at)
        audit.record("proposal.expired", proposal, by=CLOCK)
        _tell([proposal.maker], proposal, _("Nobody decided in seven days: %(title)s"), at)
    return len(overdue)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Once, a day after it was made, tell those who have it; how many."""
    waiting = Proposal.objects.filter(reminded_at=None, made_at__lte=at - REMINDED_AFTER)
    return _once(waiting, "reminded_at", checkers_of, _("Waits for your decision: %(title)s"), at)


@transaction.atomic
def escalate(*, at: datetime) -> int:
    """Once, two days before it expires, tell every approver, the heads above the maker, and the maker; how many."""
    waiting = Proposal.objects.filter(escalated_at=None, expires_at__lte=at + ESCALATED_BEFORE)
    return _once(waiting, "escalated_at", _everybody, _("Expires soon, undecided: %(title)s"), at)


def _once(waiting: QuerySet, mark: str, users_of: Callable[..., Iterable[User]], text: str, at: datetime) -> int:
    found = list(waiting.undecided(at=at).locked().select_related("maker__branch"))
    for proposal in found:
        setattr(proposal, mark, at)
        proposal.save(update_fields=[mark])
        audit.record(f"proposal.{mark.removesuffix('_at')}", proposal, by=CLOCK)
        _tell(users_of(proposal, at=at), proposal, text, at)
    return len(found)


def _everybody(proposal: Proposal, *, at: datetime) -> list[User]:
    """Heads only of the maker's branch and those above it."""
    branch = proposal.maker.branch
    above = [code for code in branch.path.split("/") if code] if branch else []
    heads = Q(role=User.Role.HEAD, branch__in=Branch.objects.filter(code__in=above))
    told = User.objects.filter(Q(role=User.Role.APPROVER) | heads | Q(pk=proposal.maker_id), is_active=True)
    return list({user.pk: user for user in (*told, *checkers_of(proposal, at=at))}.values())


def _tell(users: Iterable[User], proposal: Proposal, text: str, at: datetime) -> None:
    notify(users=users, text=text % {"title": proposal}, url=reverse("proposal", args=[proposal.pk]), at=at)
