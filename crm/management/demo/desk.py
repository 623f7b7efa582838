"""What the service desk did in the weeks before and in the last night, once the nights had decided the tiers: most in time, some late, a
few opened again; and of what is open most has time left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from crm.base.days import midnight
from crm.identity.models import User
from customers.models import Customer
from service.clocks.calendars import is_working_day
from service.complaints.services import answer
from service.models import Ticket, TicketQueue
from service.tickets.assigning import assign
from service.tickets.reckoning import keep_reckoned
from service.tickets.services import hear, open_ticket, reply
from service.tickets.sweeping import close_solved

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
TICKETS, WEEKS = 60, 8
# of what falls due within the day: so many are left to be late, and so many to become it
LATE, SOON = 2, 3


@dataclass(frozen=True)
class Matter:
    kind: str
    channel: str
    impact: str
    queue: str
    subject: str
    words: str
    answer: str


MATTERS = (
    Matter("question", "phone", "low", "phone", "手机银行登录密码忘记", "登录密码忘了，怎么重置？", "可在登录页面点“忘记密码”，刷脸后重置。"),
    Matter("request", "phone", "medium", "cards", "信用卡账单日调整", "希望账单日改到每月5日。", "已改为每月5日，下期生效。"),
    Matter("question", "messenger", "low", "", "定期存款提前支取", "提前支取利息怎么算？", "提前支取部分按支取日活期利率计息，其余不变。"),
    Matter("request", "branch", "medium", "", "开具资产证明", "签证需要中英文资产证明。", "已开具，可到网点领取或快递到家。"),
    Matter("question", "phone", "medium", "forex", "购汇额度还剩多少", "今年购汇额度还有多少？", "已核实身份，剩余额度已口头告知。"),
    Matter("complaint", "phone", "medium", "phone", "短信提醒延迟", "动账短信晚了半天才收到。", "运营商通道故障已修复，短信服务费退还一个月。"),
    Matter("request", "app", "low", "cards", "贵宾卡补寄", "新卡一直没有收到。", "快递地址有误，已改寄，预计三个工作日送达。"),
    Matter("feedback", "app", "low", "phone", "希望增加账单导出", "手机银行能否导出全年账单？", "感谢建议，已转产品部门，下个版本上线。"),
    Matter("question", "email", "medium", "forex", "Standing order in USD", "Can a standing order be paid in USD?", "Yes: on the page Standing orders, choose the USD account."),
)  # fmt: skip


def work_off_tickets(last: date) -> int:
    at = midnight(last + DAY)
    people = User.objects.in_bulk(["agent", "teller"], field_name="username")
    queues = {queue.code: queue for queue in TicketQueue.objects.all()}
    customers = Customer.objects.active().unmerged().filter(kind="person").select_related("manager").order_by("number")
    chosen = list(customers[:TICKETS])
    for place, customer in enumerate(chosen):
        matter = MATTERS[place % len(MATTERS)]
        is_near = matter.channel == "branch" and customer.branch_id == people["teller"].branch_id
        by = people["teller" if is_near else "agent"]
        opened = _worked(last, place)
        ticket = open_ticket(
            customer=customer, kind=matter.kind, channel=matter.channel, impact=matter.impact, queue=queues.get(matter.queue),
            subject=matter.subject, body=matter.words, by=by, at=opened,
        )  # fmt: skip
        _end(ticket, matter, place, by, opened)
    close_solved(at=at)
    _catch_up(people["agent"], at)
    return len(chosen)


def _worked(last: date, place: int) -> datetime:
    """Within office hours of a working day of the weeks before, the newest last."""
    day = last - DAY * (3 + (TICKETS - place) * WEEKS * 7 // TICKETS)
    while not is_working_day("CN", day):
        day -= DAY
    return midnight(day) + 9 * HOUR + (place * 37 % 340) * MINUTE


def _end(ticket: Ticket, matter: Matter, place: int, by: User, opened: datetime) -> None:
    """Of ten: five are answered at once, two asked back, one each is slow, late at first, or opened again."""
    quick = opened + (5 + place * 11 % 50) * MINUTE
    match place % 10:
        case 5 | 6:
            reply(ticket=ticket, body="请补充办理时间和渠道。", by=by, at=quick, status="waiting_customer")
            hear(ticket=ticket, body="昨天下午，手机银行。", by=by, at=quick + 20 * HOUR)
            _solve(ticket, matter, by, quick + 22 * HOUR)
        case 7:
            reply(ticket=ticket, body="已转相关部门核实，尽快答复。", by=by, at=quick)
            _solve(ticket, matter, by, quick + 9 * DAY)
        case 8:
            _solve(ticket, matter, by, opened + 30 * HOUR)
        case 9 if matter.kind != "complaint":
            _solve(ticket, matter, by, quick)
            hear(ticket=ticket, body="按说明操作后仍然不行。", by=by, at=quick + 4 * HOUR)
            _solve(ticket, matter, by, quick + 6 * HOUR)
        case _:
            _solve(ticket, matter, by, quick)


def _solve(ticket: Ticket, matter: Matter, by: User, at: datetime) -> None:
    assign(ticket=ticket, to=by, by=by, at=at)
    if matter.kind == "complaint":
        ended: dict[str, Any] = {"cause": "processing", "remedies": ["apology", "correction"]}
        answer(complaint=ticket.complaint, words=matter.answer, by=by, at=at, **ended)
    else:
        reply(ticket=ticket, body=matter.answer, by=by, at=at, status="solved")


def _catch_up(agent: User, at: datetime) -> None:
    """What is due today by the tiers of now: a few stay so, the others wait for what the customer says."""
    keep_reckoned(at=at)
    due = list(Ticket.objects.overdue(at + DAY).order_by("due_at", "pk"))
    for ticket in _between(due):
        reply(ticket=ticket, body="请您补充材料，收到后马上办理。", by=agent, at=at, status="waiting_customer")


def _between(due: Sequence[Ticket]) -> Sequence[Ticket]:
    """Without the first and the last ones."""
    return due[LATE : max(LATE, len(due) - SOON)]
