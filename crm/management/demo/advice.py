"""What the manager of the demo bank advised some customers to do, and what they said to it."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from crm.management.demo.bank import Bank
from crm.management.demo.span import Span
from customers.contacting.suitability import suitability_by
from customers.models import Customer, Product, RiskAssessment
from managers.advice.content import Content, Line
from managers.advice.services import change_draft, draft_advice, hand_over_advice, record_answer, throw_away
from managers.models import Advice

AWAY = "thrown away"
# goal, months, ten thousands, days ago it was drafted, days after which it is reviewed, answer, words of the customer
ADVISED = (
    ("女儿五年后出国留学，需要稳步积累教育金", 60, 80, 200, 180, "accepted", "同意按方案配置"),
    ("三年内置换住房，首付资金不能有大的波动", 36, 150, 60, 365, "accepted", "定期部分先办"),
    ("十五年后退休，补充养老现金流", 180, 60, 40, 180, "declined", "年金期限太长"),
    ("企业分红到账，半年内分批配置", 6, 300, 9, 90, "", ""),
    ("为孩子准备创业金", 48, 50, 2, 180, None, ""),
    ("短期周转后再作安排", 12, 20, 15, 90, AWAY, ""),
)
SHARES = (("large_cd", 50, "锁定利率，保本"), ("wealth", 30, "流动性与收益兼顾"), ("equity_fund", 20, "长期分享增长"))


def advise(*, bank: Bank, span: Span, at: datetime) -> int:
    """Those whose risk profile is known and high enough for something."""
    manager, products = bank.staff["manager"], Product.objects.in_bulk([code for code, *_ in SHARES], field_name="code")
    assessed = RiskAssessment.objects.valid(span.last - timedelta(days=200)).filter(level__gte=2).values("customer")
    people = Customer.objects.unmerged().active().filter(manager=manager, kind=Customer.Kind.PERSON, pk__in=assessed)
    done = 0
    for customer, said in zip(people.order_by("number"), ADVISED, strict=False):
        goals, months, amount, ago, review, answer, words = said
        begun = at - timedelta(days=ago)
        own = RiskAssessment.objects.filter(customer=customer)
        known = [suitability_by(own, min(begun + timedelta(days=days), at).date()) for days in (0, 8)]
        lines = tuple(
            Line(products[code], reason, percent=Decimal(share))
            for code, share, reason in SHARES
            if all(each.allows(products[code]) for each in known)
        )
        if not lines:
            continue
        content = Content(goals, months, Decimal(amount * 10_000), "CNY", begun.date() + timedelta(days=review), lines)
        advice = draft_advice(customer=customer, content=content, by=manager, at=begun)
        if answer == AWAY:
            throw_away(advice=advice, by=manager, at=begun + timedelta(days=1))
        elif answer is not None:
            _go_on(advice, answer, words, manager, begun)
        if answer == "declined":
            change_draft(advice=advice, content=_safer(content), by=manager, at=begun + timedelta(days=7))
            day = begun + timedelta(days=8)
            hand_over_advice(advice=advice, handed_on=day.date(), by=manager, at=day)
        done += 1
    return done


def _go_on(advice: Advice, answer: str, words: str, by: Any, begun: datetime) -> None:
    handed, replied = begun + timedelta(days=1), begun + timedelta(days=4)
    hand_over_advice(advice=advice, handed_on=handed.date(), by=by, at=handed)
    if answer:
        said: dict[str, Any] = {"outcome": answer, "channel": "branch", "words": words, "answered_on": replied.date()}
        record_answer(advice=advice, by=by, at=replied, **said)


def _safer(content: Content) -> Content:
    """Without the long-term part: the rest in what is left."""
    first = content.lines[0]
    return Content(**vars(content) | {"lines": (Line(first.product, "按客户意见缩短期限", percent=Decimal(100)),)})
