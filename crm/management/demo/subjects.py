"""Customers who ask what the bank holds about them, and who want to be forgotten: one of each state."""

from datetime import datetime, timedelta

from django.utils import timezone

from crm.approvals.services import approve
from crm.identity.models import Branch
from crm.management.demo.bank import Bank
from customers.models import AccountHolder, Customer
from customers.privacy.exporting import ask_export, make
from customers.privacy.requests import ask_erasure, propose_erasure


def ask_the_bank(*, bank: Bank, at: datetime) -> int:
    """An export that is ready, a prospect who is forgotten, one whose erasure waits, and a customer whose accounts forbid it."""
    head, approver = bank.staff["head"], bank.staff["approver"]
    assert head.branch
    here = Customer.objects.filter(branch__in=Branch.objects.below(head.branch)).order_by("-number")
    holding = AccountHolder.objects.values("customer")
    told = here.filter(kind=Customer.Kind.PERSON, pk__in=holding).last()
    if told is None:
        return 0
    export = ask_export(customer=told, reason="本人持身份证到网点申请", by=head, at=at - timedelta(hours=3))
    make(export.run)
    free = list(here.filter(status=Customer.Status.PROSPECT, kind=Customer.Kind.PERSON).exclude(pk__in=holding)[1:3])
    requests = []
    for customer, days in zip((told, *free), (24, 9, 3), strict=False):
        asked = at - timedelta(days=days)
        received_on, reason = timezone.localdate(asked), "来函要求删除个人信息"
        requests.append(
            ask_erasure(
                customer=customer, requester="customer", received_on=received_on, reason=reason, by=head, at=asked
            )
        )
    for erasure in requests[1:]:
        proposal = propose_erasure(erasure=erasure, reason="潜在客户，无账户，本人来函", by=head, at=at)
        if erasure == requests[1]:
            approve(proposal=proposal, content_hash=proposal.content_hash, by=approver, at=at)
    return 1 + len(requests)
