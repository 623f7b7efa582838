"""Whom the teller referred of late: one waits for the manager, one too long, one was taken on, one was not."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from crm.base.business import next_business_moment
from crm.management.demo.bank import Bank
from customers.contacting.suitability import suitability_of
from customers.models import Customer, Product
from managers.models import Referral, Stage
from managers.sales.services import move_opportunity, open_opportunity

State = Referral.State
# family, note, days ago, state, reason
MADE = (
    ("fund", "到期定期较多，咨询理财", 0, State.WAITING, ""),
    ("mortgage", "打算年内换房", 6, State.WAITING, ""),
    ("insurance", "询问子女教育金", 12, State.ACCEPTED, ""),
    ("card", "", 20, State.DECLINED, "上周已联系，暂无需求"),
)


def refer_customers(*, bank: Bank, at: datetime) -> int:
    teller = bank.staff["teller"]
    own = Customer.objects.active().unmerged().filter(branch=teller.branch, kind="person", manager__isnull=False)
    rows = []
    for customer, (family, note, days, state, reason) in zip(own.select_related("manager").order_by("number"), MADE, strict=False):  # fmt: skip
        made, is_answered = at - timedelta(days=days, hours=-1), state != State.WAITING
        due = next_business_moment(made)
        rows.append(
            Referral(
                customer=customer, family=family, note=note, referred_by=teller, referred_at=made, due_at=due,
                escalated_at=due if not is_answered and due < at else None, state=state, reason=reason,
                answered_by=customer.manager if is_answered else None,
                answered_at=made + timedelta(hours=5) if is_answered else None,
            )
        )  # fmt: skip
    return len(Referral.objects.bulk_create(rows))


def sell_to_the_referred(*, at: datetime) -> None:
    """Who was taken on has bought since: the teller has the credit."""
    annuity = Product.objects.get(code="annuity")
    for referral in Referral.objects.accepted().filter(family=annuity.family).select_related("customer__manager"):
        customer, by = referral.customer, referral.answered_by
        if by and suitability_of(customer, at.date()).reason_against(annuity) is None:
            said: dict[str, Any] = {
                "amount": Decimal(300_000),
                "currency": "CNY",
                "close_on": at.date(),
                "source": "branch",
            }
            sale = open_opportunity(customer=customer, product=annuity, by=by, at=at, **said)
            move_opportunity(opportunity=sale, stage=Stage.WON, by=by, at=at)
