"""The answer to identity's question by what right something is given."""

from typing import Any

from crm.approvals.models import Proposal


def covers(proposal: Any, kind: str, act: dict[str, str]) -> bool:
    """Whether it is an approved proposal of the kind that says all of the act; asked of the database, not of the object."""
    if not isinstance(proposal, Proposal):
        return False
    found = Proposal.objects.filter(pk=proposal.pk, kind=kind, status=Proposal.Status.APPROVED).first()
    return found is not None and all(found.content.get(name, "") == value for name, value in act.items())
