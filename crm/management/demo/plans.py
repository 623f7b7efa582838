"""What the managers of the demo bank plan with their companies, and with a person whom an executive sponsors."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from crm.management.demo.bank import Bank
from crm.management.demo.span import Span
from customers.models import Customer
from customers.portfolio import courses
from managers.models import Assignment, CustomerPlan, PlanAction, PlanGoal
from managers.plans.services import draw_up, look_back
from managers.plans.steps import close_action, drop_goal, set_action, set_goal

Kind = PlanGoal.Kind
WAN = Decimal(10_000)
COMPANIES = 5
# drawn up so many days ago: one is to be reviewed soon, one was reviewed late
AGO = (172, 204, 60, 30, 0)
NEEDS = (
    "新厂房投产，流动资金需求增加；希望统一集团资金归集。\n代发工资目前在他行。",
    "出口回款加快，关注汇率避险与美元存款收益。",
    "应收账款周期拉长，希望用票据贴现替代短期借款。",
    "股东分红资金的中期配置，控制人家庭资产一并规划。",
    "上下游结算账户分散，希望降低手续费。",
)
STEPS = (
    "拜访财务总监，介绍现金管理方案",
    "请行领导上门，谈代发工资合作",
    "报送综合授信方案",
    "邀请参加供应链金融沙龙",
    "核对他行授信与存款情况",
)


def draw_up_plans(*, bank: Bank, span: Span, at: datetime) -> int:
    companies = Customer.objects.unmerged().active().filter(kind=Customer.Kind.COMPANY, manager__is_active=True)
    sponsored = Assignment.objects.holding(timezone.localdate(at)).filter(role=Assignment.Role.SPONSOR)
    persons = (
        Customer.objects.unmerged()
        .active()
        .filter(kind=Customer.Kind.PERSON, manager__is_active=True, pk__in=sponsored.values("customer"))
    )
    found = dict(enumerate(companies.order_by("number")[: COMPANIES - 1]))
    # the sponsors have stood beside them since today
    if person := persons.order_by("number").first():
        found[COMPANIES - 1] = person
    for place, customer in found.items():
        _plan(customer, place, at)
    return len(found)


def _plan(customer: Customer, place: int, at: datetime) -> None:
    by, then = customer.manager, at - timedelta(days=AGO[place])
    assert by is not None
    held = next((course.last.closing for course in courses(customer) if course.currency == "CNY"), WAN)
    wallet = _round(abs(held) * (3 + place) / 2)
    until = timezone.localdate(then) + timedelta(days=365 * (1 + place % 3))
    said = {"needs": NEEDS[place], "wallet": wallet, "wallet_source": "客户年报与征信报告"}
    plan = draw_up(customer=customer, until=until, by=by, at=then, **said)
    _aim(plan, _round(abs(held) * Decimal("1.3")), then)
    today = timezone.localdate(at)
    for number, what in enumerate((STEPS[place], STEPS[(place + 1) % len(STEPS)])):
        set_action(plan=plan, what=what, due_on=today + timedelta(days=3 + 20 * number), by=by, at=then)
    first = set_action(plan=plan, what="了解他行合作情况", due_on=timezone.localdate(then), by=by, at=then)
    close_action(action=first, state=PlanAction.State.DONE, reason="主要结算在两家股份制银行", by=by, at=then)
    if place == 1:
        words = "存款增长低于目标，主因分红；代发工资已进入报价阶段。下半年重点：代发与美元存款。"
        look_back(plan=plan, words=words, by=by, at=at - timedelta(days=12))


def _aim(plan: CustomerPlan, balance: Decimal, at: datetime) -> None:
    by, due_on = plan.made_by, plan.until - timedelta(days=1)
    set_goal(plan=plan, kind=Kind.BALANCE, figure=balance, due_on=due_on, by=by, at=at)
    set_goal(plan=plan, kind=Kind.WALLET, figure=Decimal(50), due_on=due_on, by=by, at=at)
    set_goal(plan=plan, kind=Kind.PRODUCTS, figure=Decimal(4), due_on=due_on, by=by, at=at)
    set_goal(plan=plan, kind=Kind.OTHER, words="代发工资转入本行", due_on=due_on, by=by, at=at)
    gone = set_goal(plan=plan, kind=Kind.OTHER, words="承销首期债券", due_on=due_on, by=by, at=at)
    drop_goal(goal=gone, reason="客户暂缓发债", by=by, at=at)


def _round(amount: Decimal) -> Decimal:
    """To ten thousands, and never nothing."""
    return max((amount / WAN).quantize(Decimal(1)), Decimal(1)) * WAN
