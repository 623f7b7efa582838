"""Complaints of the demo bank that were answered: one reviewed, one under review, one with a fee given back."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from crm.approvals.services import approve
from crm.base.money import rounded
from crm.identity.models import User
from crm.management.demo.bank import Bank
from customers.models import Customer
from service.complaints.compensating import ask_compensation, charges_of
from service.complaints.letters import acknowledge
from service.complaints.reviewing import ask_review, decide_review
from service.complaints.services import answer
from service.models import Complaint
from service.tickets.services import open_ticket

DAY = timedelta(days=1)
# subject, words, days ago, answered after, cause, remedies, answer
ANSWERED = (
    (
        "理财产品风险未说明",
        "购买时客户经理没有说明本金可能亏损。",
        46,
        12,
        "advice",
        ("apology", "training"),
        "经复听录音，风险揭示不完整，我们向您致歉并已安排培训。",
    ),
    (
        "短信服务费重复收取",
        "同一账户连续两个月收取两次短信费。",
        24,
        9,
        "fees",
        ("correction", "compensation"),
        "系统参数设置有误，已更正，多收部分将退还。",
    ),
    (
        "贷款审批进度无人告知",
        "提交材料三周没有任何消息。",
        20,
        13,
        "processing",
        ("explanation",),
        "审批因补充材料延后，现已完成，今后每周告知进度。",
    ),
)
TWICE, UNHAPPY = "短信费重复收取，已核实流水", "客户认为答复没有说明原因，要求上级复核。"
DECIDED = "复核认为原答复事实清楚，但应补偿产品赎回手续费，已通知网点办理。"


def answer_complaints(*, people: list[Customer], bank: Bank, at: datetime) -> None:
    agent, teller = bank.staff["agent"], bank.staff["teller"]
    made = []
    for customer, (subject, words, days, after, cause, remedies, said) in zip(people, ANSWERED, strict=False):
        opened = at - days * DAY
        ticket = open_ticket(
            customer=customer, kind="complaint", channel="phone", impact="medium", subject=subject, body=words, by=agent, at=opened,
            received_on=timezone.localdate(opened),
        )  # fmt: skip
        complaint = Complaint.objects.get(ticket=ticket)
        acknowledge(complaint=complaint, by=agent, at=opened + DAY, language="zh-hans")
        ended: dict[str, Any] = {"words": said, "cause": cause, "remedies": remedies, "language": "zh-hans"}
        made.append(answer(complaint=complaint, by=agent, at=opened + after * DAY, **ended))
    for complaint, ago in ((made[0], 28), (made[2], 3)):
        review = ask_review(complaint=complaint, words=UNHAPPY, by=teller, at=at - ago * DAY)
        if ago > 7:
            when = at - (ago - 9) * DAY
            decide_review(
                review=review, outcome="changed", words=DECIDED, language="zh-hans", by=review.reviewer, at=when
            )


def give_back(last: date) -> int:
    """Half of a fee for who was charged twice, approved."""
    complaint = Complaint.objects.filter(ticket__subject=ANSWERED[1][0]).select_related("ticket__customer").first()
    customer = complaint and complaint.ticket.customer
    charge = charges_of(customer).first() if customer else None
    if complaint is None or charge is None:
        return 0
    amount = rounded((charge.amount - charge.waived) / 2, charge.account.currency)
    people = User.objects.in_bulk(["head", "approver"], field_name="username")
    proposal = ask_compensation(
        complaint=complaint, charge=charge, amount=amount, reason=TWICE, by=people["head"], at=timezone.now()
    )  # fmt: skip
    approve(proposal=proposal, content_hash=proposal.content_hash, by=people["approver"])
    return 1
