"""The pipeline of the managers: who may buy what suits them, how far it came, and what was won and lost of late."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from crm.management.demo.span import Span
from customers.models import Customer, Product, RiskAssessment
from managers.models import Opportunity, Stage, StageMove
from managers.models.sales import CLOSED, OPEN
from managers.sales.stages import PROBABILITIES

ONE_IN = 4
# how they stand, of a hundred
STOOD = {Stage.NEW: 22, Stage.QUALIFIED: 20, Stage.PROPOSED: 18, Stage.NEGOTIATING: 10, Stage.WON: 18, Stage.LOST: 12}
WANTED = {
    Customer.Kind.PERSON: {"large_cd": 30, "wealth": 30, "equity_fund": 12, "annuity": 18, "mortgage": 10},
    Customer.Kind.COMPANY: {"company_loan": 55, "company_term": 45},
}
# in ten thousands
AMOUNTS = {"large_cd": (20, 200), "wealth": (10, 150), "equity_fund": (5, 60), "annuity": (10, 80),
           "mortgage": (80, 400), "company_loan": (200, 2_000), "company_term": (100, 1_500)}  # fmt: skip
STEPS = {
    Stage.NEW: ("电话了解资金安排", "约客户来网点面谈"),
    Stage.QUALIFIED: ("准备产品方案与收益测算", "与客户确认期限和额度"),
    Stage.PROPOSED: ("跟进方案反馈", "请产品经理一同上门讲解"),
    Stage.NEGOTIATING: ("报分行审批优惠利率", "确认签约时间与材料"),
}
RIVALS = ("", "", "", "招商银行私行方案", "某股份行同期大额存单", "券商收益凭证")
LOST = (("price", ""), ("rival", "转存他行，利率高出15个基点"), ("no_need", ""), ("terms", "期限不合适"), ("slow", ""))
SOURCES = ("manager", "manager", "manager", "branch", "referral", "suggestion", "event", "inbound")


@dataclass
class Sale:
    opportunity: Opportunity
    moves: list[StageMove]


def sell(*, span: Span, seed: int) -> int:
    """All in one statement a table, the steps of each in order."""
    products = {product.code: product for product in Product.objects.all()}
    levels = dict(RiskAssessment.objects.valid(span.last).order_by("assessed_on").values_list("customer", "level"))
    managed = Customer.objects.unmerged().active().filter(manager__isnull=False, kind__in=list(WANTED), pk__in=levels)
    sales = []
    for customer in managed.select_related("manager").order_by("number"):
        rng = Random(f"{seed}/{customer.number}/sales")
        if rng.randrange(ONE_IN) == 0:
            suited = [
                code for code in WANTED[Customer.Kind(customer.kind)] if products[code].risk <= levels[customer.pk]
            ]
            weights = [WANTED[Customer.Kind(customer.kind)][code] for code in suited]
            sales.append(_sale(customer, products[rng.choices(suited, weights)[0]], rng, span))
    Opportunity.objects.bulk_create([sale.opportunity for sale in sales], batch_size=2_000)
    StageMove.objects.bulk_create([move for sale in sales for move in sale.moves], batch_size=2_000)
    return len(sales)


def _sale(customer: Customer, product: Product, rng: Random, span: Span) -> Sale:
    stage = rng.choices(list(STOOD), list(STOOD.values()))[0]
    stages = _way(stage, rng)
    opened = datetime.combine(
        span.last - timedelta(days=rng.randint(15, 110)), time(9), timezone.get_current_timezone()
    )
    gap = (datetime.combine(span.last, time(9), opened.tzinfo) - opened) / len(stages)
    moments = [opened + gap * place + timedelta(minutes=rng.randint(0, 400)) for place in range(len(stages))]
    reason, words = rng.choice(LOST) if stage == Stage.LOST else ("", "")
    closed_at = moments[-1] if stage in CLOSED else None
    low, high = AMOUNTS[product.code]
    expected = moments[-1].date() if closed_at else span.last + timedelta(days=rng.randint(-12, 150))
    opportunity = Opportunity(
        customer=customer, product=product, owner=customer.manager, stage=stage,
        amount=Decimal(rng.randint(low, high)) * 10_000, currency="CNY", probability=PROBABILITIES[stage],
        close_on=expected, source=rng.choice(SOURCES), competitors=rng.choice(RIVALS),
        next_step="" if closed_at else rng.choice(STEPS[stage]),
        next_on=None if closed_at else span.last + timedelta(days=rng.randint(-3, 14)),
        lost_reason=reason, lost_words=words, opened_at=opened, closed_at=closed_at,
    )  # fmt: skip
    moves = [
        StageMove(
            opportunity=opportunity, number=number, from_stage=before, to_stage=to, at=at, by=customer.manager,
            amount=opportunity.amount, currency="CNY", probability=PROBABILITIES[to],
            lost_reason=reason if to == Stage.LOST else "", reason=words if to == Stage.LOST else "",
        )
        for number, (before, to, at) in enumerate(zip(("", *stages), stages, moments, strict=False), start=1)
    ]  # fmt: skip
    return Sale(opportunity, moves)


def _way(stage: Stage, rng: Random) -> list[Stage]:
    """The stages on the way; what is lost is lost somewhere, what is won went through all."""
    if stage in OPEN:
        return list(OPEN[: OPEN.index(stage) + 1])
    return [*(OPEN if stage == Stage.WON else OPEN[: rng.randint(1, len(OPEN))]), stage]
