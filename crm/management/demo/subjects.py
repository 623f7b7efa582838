"""What a bank wanted to know beside its fields; customers who ask what it holds about them, and who want to be forgotten."""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from crm.approvals.services import approve
from crm.identity.models import Branch
from crm.management.demo.bank import Bank
from customers.attributes.services import declare_attribute
from customers.models import AccountHolder, AttributeValue, Customer
from customers.privacy.exporting import ask_export, make
from customers.privacy.requests import ask_erasure, propose_erasure

HOBBIES = ("高尔夫", "茶艺", "书法", "钓鱼", "马拉松", "摄影", "红酒", "围棋")


def tell_of_subjects(*, bank: Bank, at: datetime, seed: int) -> int:
    return know_more(bank=bank, seed=seed) + ask_the_bank(bank=bank, at=at)


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


def know_more(*, bank: Bank, seed: int) -> int:
    """Attributes that a file of the bank brought, with values for some: a hobby, a wish, the fair on which one was met."""
    admin, rng = bank.staff["admin"], Random(f"{seed}/attributes")
    hobby = declare_attribute(code="hobby", label="Hobby", label_zh="爱好", type="text", by=admin)
    origin = declare_attribute(
        code="origin", label="Met at", label_zh="获客渠道", type="choice", by=admin, sensitivity="business",
        words=[
            {"code": "fair", "label": "Fair", "label_zh": "展会"},
            {"code": "referral", "label": "Referral", "label_zh": "转介绍"},
            {"code": "online", "label": "Online", "label_zh": "线上"},
        ],
    )  # fmt: skip
    wish = declare_attribute(
        code="wished_limit", label="Wished limit", label_zh="意向额度", type="money", by=admin, sensitivity="business"
    )
    people = Customer.objects.filter(kind=Customer.Kind.PERSON, erased_on=None).order_by("number")
    rows = []
    for pk in people.values_list("pk", flat=True):
        if rng.random() < 0.3:
            rows.append(AttributeValue(customer_id=pk, attribute=hobby, text=rng.choice(HOBBIES)))
        if rng.random() < 0.5:
            rows.append(
                AttributeValue(customer_id=pk, attribute=origin, text=rng.choice(["fair", "referral", "online"]))
            )
        if rng.random() < 0.1:
            rows.append(AttributeValue(customer_id=pk, attribute=wish, number=rng.randrange(5, 60) * 10_000))
    return len(AttributeValue.objects.bulk_create(rows, batch_size=5_000))
