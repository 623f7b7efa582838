from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.approvals.services import approve, propose
from managers.models import ManagerStandard
from managers.models.staff_standards import KIND


@pytest.fixture
def ask_of(admin, approver) -> Callable[..., ManagerStandard]:
    """What is asked of managers, approved: `ask_of(gold={"grade": "senior"})`."""

    def ask(effective_from: date | None = None, **tiers: Any) -> ManagerStandard:
        proposal = propose(
            kind=KIND, content={"tiers": tiers}, title="Asked", reason="New tiers", by=admin,
            effective_from=effective_from, at=timezone.now() - timedelta(minutes=1),
        )  # fmt: skip
        return approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)

    return ask
