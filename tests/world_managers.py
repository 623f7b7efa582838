"""What is known of the managers of customers, and asked of them."""

from typing import Any

from crm.approvals.services import approve, propose
from crm.identity.models import User
from managers.models.staff_standards import KIND
from tests.factories import CertificateFactory, ManagerGradeFactory, ScorecardFactory, TrainingFactory


def qualified(manager: User) -> dict[str, Any]:
    return {
        "grade": ManagerGradeFactory(manager=manager),
        "certificate": CertificateFactory(manager=manager),
        "scorecard": ScorecardFactory(manager=manager),
        "training": TrainingFactory(manager=manager),
    }


def asked(admin: User, approver: User) -> dict[str, Any]:
    """Nothing of managers, so that everybody may have every customer."""
    proposal = propose(kind=KIND, content={"tiers": {}}, title="Asked", reason="First", by=admin)
    return {"asked_of_managers": approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)}
