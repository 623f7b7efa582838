"""Two who approve in the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from crm.approvals.models import Proposal
from crm.approvals.services import approve
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from tests.factories import BranchFactory, ProposalFactory, UserFactory


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_make_one_effect():
    BranchFactory(code="HO", head_office=True)
    made = ProposalFactory()
    approvers = [UserFactory(approver=True) for _ in range(4)]
    start, said = Barrier(len(approvers)), []

    def decide(by):
        start.wait()
        try:
            approve(proposal=Proposal.objects.get(), content_hash=made.content_hash, by=by)
            said.append("done")
        except RuleBroken as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[by]) for by in approvers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["decided", "decided", "decided", "done"]
    assert Event.objects.filter(action="user.login_reset").count() == 1
