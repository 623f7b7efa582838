"""Two who approve in the same moment."""

from functools import partial

import pytest

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from tests.at_once import at_once
from tests.factories import BranchFactory, ProposalFactory, UserFactory


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_make_one_effect():
    BranchFactory(code="HO", head_office=True)
    made = ProposalFactory()
    approvers = [UserFactory(approver=True) for _ in range(4)]
    said = []

    def decide(by):
        try:
            approve(proposal=Proposal.objects.get(), content_hash=made.content_hash, by=by)
            said.append("done")
        except RuleBroken as refusal:
            said.append(refusal.code)

    assert at_once([partial(decide, by) for by in approvers]) == []
    assert sorted(said) == ["decided", "decided", "decided", "done"]
    assert Event.objects.filter(action="user.login_reset").count() == 1
