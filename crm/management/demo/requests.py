"""What the managers of the demo bank ask of it for their customers, and who grants it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from crm.approvals.services import approve, propose
from crm.identity.models import User
from crm.management.demo.bank import Bank
from crm.management.demo.span import Span
from customers.models import Customer, FeeType, Product
from managers.models import Condition, ResourceRequest
from managers.requests.services import Kept, ask, grant
from managers.requests.terms import RULES

TERMS = {
    "floors": [
        {"kind": "deposit_rate", "of": "large_cd", "price": "0.0190"},
        {"kind": "deposit_rate", "of": "term", "price": "0.0150"},
        {"kind": "loan_rate", "of": "mortgage", "price": "0.0285"},
        {"kind": "fee", "of": "safe_box", "price": "0.50"},
    ],
    "limits": [
        {"role": "manager", "level": "", "kind": "deposit_rate", "up_to": "1000"},
        {"role": "head", "level": "branch", "kind": "deposit_rate", "up_to": "8000"},
        {"role": "head", "level": "", "kind": "quota", "up_to": "2000000"},
        {"role": "head", "level": "branch", "kind": "fee", "up_to": "1000"},
    ],
}
# kind, what of, amount, price, days that it holds, month average to keep, why; whom the head grants it to
ASKED = (
    ("deposit_rate", "large_cd", "200000", "0.0175", 180, "150000", "客户他行大额存单到期，利率高20个基点"),
    ("deposit_rate", "large_cd", "1500000", "0.0185", 20, "1000000", "承诺月日均金融资产一百万以上"),
    ("quota", "wealth", "800000", None, 60, None, "稳健理财额度预约"),
    ("fee", "safe_box", "1200", "0.50", 365, None, "私人银行客户保管箱年费减半"),
    ("deposit_rate", "large_cd", "5000000", "0.0188", 365, "3000000", "企业主个人资金回流，需总行审批"),
)


# what is asked for once more: another one of the same thing, above what is left of the limit; and a renewal of the first
AGAIN = (("400000", 120, False, "客户追加大额存单，授权额度已用"), ("240000", 365, True, "到期续作，利率不变"))


def request_resources(*, bank: Bank, span: Span, at: datetime) -> int:
    before = at - timedelta(days=1)
    said: dict[str, Any] = {"title": "资源申请授权与底价", "reason": "年度价格授权"}
    terms = propose(kind=RULES.kind, content=TERMS, by=bank.staff["admin"], at=before, **said)
    approve(proposal=terms, content_hash=terms.content_hash, by=bank.staff["approver"], at=at)
    manager, head, today = bank.staff["manager"], bank.staff["head"], span.last + timedelta(days=1)
    people = Customer.objects.unmerged().active().filter(manager=manager, kind=Customer.Kind.PERSON).order_by("number")
    for place, (customer, line) in enumerate(zip(people[: len(ASKED)], ASKED, strict=False)):
        kind, code, amount, price, days, keep, why = line
        thing = (
            {"fee": FeeType.objects.get(code=code)} if kind == "fee" else {"product": Product.objects.get(code=code)}
        )
        request = ask(
            customer=customer, kind=kind, amount=Decimal(amount), price=Decimal(price) if price else None, why=why,
            valid_until=today + timedelta(days=days), is_new=place == len(ASKED) - 1, by=manager, at=at,
            conditions=[Kept(Condition.Kind.BALANCE, Decimal(keep))] if keep else [], **thing,
        )  # fmt: skip
        if request.state == "waiting" and kind != "fee":
            grant(request=request, by=head, at=at)
    return len(ASKED) + _ask_again(manager, today, at)


def _ask_again(manager: User, today: date, at: datetime) -> int:
    """Of what stands granted by the manager: one more waits for the head, a renewal takes its place at once."""
    old = ResourceRequest.objects.holding(today).filter(decided_by=manager).order_by("pk").first()
    if old is None:
        return 0
    for amount, days, is_renewal, why in AGAIN:
        ask(
            customer=old.customer, kind=old.kind, product=old.product, amount=Decimal(amount), price=old.price, why=why,
            valid_until=today + timedelta(days=days), replaces=old if is_renewal else None, by=manager, at=at,
        )  # fmt: skip
    return len(AGAIN)
