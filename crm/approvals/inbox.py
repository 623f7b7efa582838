"""What waits for somebody's decision, as the inbox, the sidebar and the home page show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm.approvals.models import Proposal
from crm.identity.models import User

SHOWN = 200
CAPPED = 100


@dataclass(frozen=True)
class Waiting:
    """A line: the proposal with its two sentences; `is_small` shows a box to approve it with others."""

    proposal: Proposal
    said: str
    is_small: bool


def waiting_for(user: User, *, at: datetime, most: int = SHOWN) -> list[Waiting]:
    """The oldest and dearest first."""
    found = Proposal.objects.awaiting(user, at=at).select_related("maker", "subject_user").oldest_and_dearest()
    mine = (one for one in found[:most] if one.has_kind and user.pk not in one.what.forbidden_checkers(one))
    return [Waiting(one, " ".join(one.what.sentences(one)), one.is_small) for one in mine]


def count_for(user: Any, *, at: datetime) -> int:
    """The number in the sidebar, at most 100: for approvers. To ask for each head on each page costs too much; a deputy
    is told by alerts, and finds the inbox at home.
    """
    if user.role != User.Role.APPROVER:
        return 0
    return len(Proposal.objects.awaiting(user, at=at).values_list("pk")[:CAPPED])
