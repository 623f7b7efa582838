"""What departments of the demo bank do for tickets and requests: one that is done, one in hand, one given back, one overdue."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from crm.identity.models import Team
from crm.management.demo.bank import Bank
from service.models import ServiceRequest, Ticket
from service.requests.words import State
from service.workorders.services import finish, give_back, open_orders, take

HOUR = timedelta(hours=1)
TEAMS = (
    ("card_centre", "银行卡中心 Card centre"),
    ("settlement", "国际结算部 Settlement"),
    ("it", "科技运维 IT operations"),
)


def ask_departments(*, bank: Bank, tickets: Sequence[Ticket], at: datetime) -> None:
    """Of the complaint about a queue, the cash withdrawal abroad, and a remittance that waits."""
    teller, agent, manager = (bank.staff[name] for name in ("teller", "agent", "manager"))
    teams = [Team.objects.get_or_create(code=code, defaults={"name": name})[0] for code, name in TEAMS]
    for team in teams:
        team.members.add(teller)
    queued, abroad = tickets[3], tickets[5]
    cards, settlement, operations = teams
    found, gone = open_orders(
        departments=[cards, operations], what="核对东京三次取现失败的授权记录和手续费", due_at=at + 20 * HOUR, by=manager,
        at=at - 18 * HOUR, ticket=abroad,
    )  # fmt: skip
    take(order=found, by=teller, at=at - 17 * HOUR)
    finish(order=found, words="三笔均为境外行超时，手续费已申请退回。", by=teller, at=at - 6 * HOUR)
    give_back(order=gone, words="日志在境外收单行，请改发国际结算部。", by=teller, at=at - 5 * HOUR)
    assert teller.branch
    what = "提供上午的叫号记录和窗口值班表"
    open_orders(departments=[teller.branch], what=what, due_at=at - HOUR, by=agent, at=at - 24 * HOUR, ticket=queued)
    waiting = ServiceRequest.objects.filter(form="remittance", state=State.REQUESTED).order_by("pk").first()
    if waiting:
        (checked,) = open_orders(
            departments=[settlement], what="审核贸易背景：录取通知书、学费账单", due_at=at + 6 * HOUR, by=teller, at=at - 20 * HOUR,
            request=waiting,
        )  # fmt: skip
        take(order=checked, by=teller, at=at - 3 * HOUR)
