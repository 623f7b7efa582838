"""Pages of proposals: what waits for one, one's own, one of them, and who stands in for whom."""

from crm.approvals.views.decisions import Approve, ApproveTogether, HandOver, Refuse, Withdraw
from crm.approvals.views.deputies import AppointDeputy, DeputyList, EndDeputy
from crm.approvals.views.lists import Inbox, MyProposals, ProposalList
from crm.approvals.views.people import NewProposal, ProposePeople
from crm.approvals.views.proposal import ProposalPage

__all__ = [
    "AppointDeputy",
    "Approve",
    "ApproveTogether",
    "DeputyList",
    "EndDeputy",
    "HandOver",
    "Inbox",
    "MyProposals",
    "NewProposal",
    "ProposalList",
    "ProposalPage",
    "ProposePeople",
    "Refuse",
    "Withdraw",
]
