"""The service desk of the demo bank: queues and who works them off, and matters of the last days in every state."""

from datetime import datetime, timedelta
from typing import Any

from crm.identity.models import Team, User
from crm.management.demo.bank import Bank
from crm.management.demo.complaints import answer_complaints
from crm.management.demo.service_requests import ask_for_services
from crm.management.demo.work_orders import ask_departments
from customers.models import Customer
from service.callers.keeping import note_caller
from service.callers.mandates import note_mandate
from service.complaints.letters import acknowledge
from service.complaints.services import declare
from service.models import Complaint, DeskProfile, Ticket, TicketQueue
from service.tickets.assigning import take_next
from service.tickets.joining import link, watch
from service.tickets.services import hear, note, open_ticket, reply

# code, name, skill, dealt out by itself
QUEUES = (
    ("phone", "电话中心 Phone centre", "", False),
    ("cards", "银行卡 Cards", "cards", False),
    ("forex", "外汇业务 Foreign exchange", "forex", True),
)
# kind, channel, impact, subject, words, queue, hours ago
BROUGHT = (
    ("question", "phone", "low", "大额存单到期转存规则", "到期日是周末，会自动转存吗？利率按哪一天？", "phone", 3),
    ("request", "phone", "medium", "信用卡临时额度", "下周出国，希望把临时额度提高到十万元。", "cards", 6),
    ("request", "branch", "medium", "调整手机银行转账限额", "单日限额提高到五十万元，用于购房首付。", "", 9),
    (
        "complaint",
        "phone",
        "high",
        "网点排队超过一小时",
        "上午在静安支行等候一个多小时，金卡客户也没有优先。",
        "phone",
        30,
    ),
    ("question", "messenger", "low", "稳健理财赎回到账时间", "今天赎回，资金什么时候到账？", "", 52),
    ("request", "phone", "high", "境外取现失败", "在东京自动取款机取现三次都失败，但扣了手续费。", "forex", 20),
    ("feedback", "app", "low", "手机银行字体太小", "希望增加大字版，父母看不清。", "phone", 80),
    (
        "question",
        "email",
        "medium",
        "Remittance to London",
        "Which documents do you need for a remittance of USD 80,000?",
        "forex",
        26,
    ),
    ("request", "branch", "medium", "更换预留手机号", "旧号码已经停用，收不到验证码。", "", 120),
)
# kind, subject, words of who is no customer
OF_NOBODY = (
    ("question", "开户需要哪些证件", "外地身份证能在浦东支行开户吗？"),
    ("complaint", "理财经理夸大收益", "在网点听到经理对老人承诺保本高收益，不愿留姓名。"),
)
COMPLAINT = ("客户经理多次未回电", "约定上周五回电，至今没有消息，对陈静经理的服务不满意。")


def open_desk(*, bank: Bank, at: datetime) -> int:
    """What came in, and how far each is."""
    agent, teller, manager = (bank.staff[name] for name in ("agent", "teller", "manager"))
    queues = _staffed(agent, teller)
    own = Customer.objects.active().unmerged().filter(manager=manager, kind="person").order_by("number")
    people = list(own.select_related("manager")[: len(BROUGHT)])
    made: list[Ticket] = []
    for customer, (kind, channel, impact, subject, words, queue, hours) in zip(people, BROUGHT, strict=False):
        said: dict[str, Any] = {"kind": kind, "channel": channel, "impact": impact, "subject": subject, "body": words}
        by = teller if channel == "branch" else agent
        made.append(
            open_ticket(customer=customer, queue=queues.get(queue), by=by, at=at - timedelta(hours=hours), **said)
        )
    if len(made) == len(BROUGHT):
        _answer(made, agent, manager, at)
        _nobodys(people[1], queues["phone"], agent, teller, at)
        _complain(people[0], made[0], teller, bank.staff["head"], at)
        answer_complaints(people=people[1:], bank=bank, at=at)
    ask_for_services(bank=bank, at=at)
    if len(made) == len(BROUGHT):
        ask_departments(bank=bank, tickets=made, at=at)
    return Ticket.objects.count()


def _nobodys(customer: Customer, queue: TicketQueue, agent: User, teller: User, at: datetime) -> None:
    """Somebody unknown, somebody who stays anonymous, and a daughter who speaks for her father."""
    hour = timedelta(hours=1)
    passer = note_caller(name="韩梅", phone="13611112222", by=agent, at=at - 7 * hour)
    hidden = note_caller(is_anonymous=True, by=agent, at=at - 50 * hour)
    for caller, (kind, subject, words) in zip((passer, hidden), OF_NOBODY, strict=True):
        open_ticket(
            customer=None, caller=caller, kind=kind, channel="phone", impact="medium", subject=subject, body=words, queue=queue,
            by=agent, at=caller.noted_at,
        )  # fmt: skip
    today = at.date()
    mandate = note_mandate(
        customer=customer, name="李小红", phone="13911113333", scopes=["ask", "complain"], since=today - timedelta(days=40),
        until=today + timedelta(days=325), paper="委托书 2026-018", by=teller, at=at - timedelta(days=40),
    )  # fmt: skip
    open_ticket(
        customer=customer, caller=mandate.holder, kind="question", channel="phone", impact="low", subject="父亲的定期存款到期日",
        body="父亲住院，想知道哪一笔先到期。", queue=queue, by=agent, at=at - 2 * hour,
    )  # fmt: skip


def _staffed(agent: User, teller: User) -> dict[str, TicketQueue]:
    team, _made = Team.objects.get_or_create(code="phone", defaults={"name": "电话中心"})
    team.members.add(agent, teller)
    DeskProfile.objects.create(user=agent, capacity=20, skills=["cards", "forex"])
    DeskProfile.objects.create(user=teller, capacity=4)
    return {
        code: TicketQueue.objects.create(code=code, name=name, team=team, skill=skill, is_dealt=is_dealt)
        for code, name, skill, is_dealt in QUEUES
    }


def _answer(made: list[Ticket], agent: User, manager: User, at: datetime) -> None:
    hour = timedelta(hours=1)
    for _number in range(2):
        take_next(by=agent, at=at - 2 * hour)
    reply(ticket=made[4], body="一般当天到账，最迟下一个工作日上午。", by=manager, at=at - 48 * hour, status="solved")
    reply(
        ticket=made[8],
        body="请携带身份证到任一网点，或预约上门核实。",
        by=manager,
        at=at - 110 * hour,
        status="waiting_customer",
    )
    reply(ticket=made[3], body="已联系支行核查当日叫号记录，今天内答复您。", by=agent, at=at - 28 * hour)
    note(ticket=made[3], body="支行反馈当天两个窗口停办，需核对叫号规则。", by=agent, at=at - 26 * hour)
    queued = Complaint.objects.get(ticket=made[3])
    acknowledge(complaint=queued, by=agent, at=at - 27 * hour, language="zh-hans")
    declare(complaint=queued, act="complex", words="涉及两个支行的叫号记录和值班安排。", by=agent, at=at - 25 * hour)
    reply(
        ticket=made[7],
        body="The contract and the invoice, please.",
        by=agent,
        at=at - 20 * hour,
        status="waiting_customer",
    )
    hear(ticket=made[7], body="Both are attached to my e-mail of today.", by=agent, at=at - 4 * hour)
    link(ticket=made[7], other=made[5], kind="relates", by=agent, at=at - 4 * hour)
    watch(ticket=made[3], by=manager, at=at)


def _complain(customer: Customer, question: Ticket, teller: User, head: User, at: datetime) -> None:
    """About the manager, who does not see it; the head has it."""
    subject, words = COMPLAINT
    made = open_ticket(
        customer=customer, kind="complaint", channel="branch", impact="high", subject=subject, body=words,
        about=customer.manager, by=teller, at=at - timedelta(hours=5), received_on=at.date() - timedelta(days=18),
    )  # fmt: skip
    note(ticket=made, body="已查阅联系记录，周一前给客户书面答复。", by=head, at=at - timedelta(hours=2))
    link(ticket=made, other=question, kind="relates", by=head, at=at - timedelta(hours=2))
