"""The phone centre of the demo bank: scripts, why people call, what was promised, and who works when."""

from datetime import datetime, timedelta

from crm.identity.models import User
from crm.management.demo.bank import Bank
from crm.management.demo.rosters import plan_weeks
from customers.models import Customer
from service.models import CallBack, CallReason
from service.phone.call_backs import book, miss
from service.phone.keeping import keep_script

SCRIPTS = (
    ("ringing", "Good day, this is the phone centre. For your safety, may I ask you a few questions first?", "您好，电话中心为您服务。为保障您的资金安全，先核实几个问题，可以吗？"),
    ("verified", "Thank you. What may I do for you today?", "感谢您的配合，请问今天需要办理什么业务？"),
    ("refused", "I am sorry, I can't tell you anything of the account. Please come to a branch with your id document.", "很抱歉，暂时无法核实您的身份，请携带身份证件到任一网点办理。"),
    ("complaint", "I am sorry to hear this. I note it now, and you hear from us within fifteen days.", "非常抱歉给您带来不便，我马上登记，我行将在十五日内答复您。"),
    ("call_back", "Good day, you asked us to call you back.", "您好，您之前预约了我行回电。"),
)  # fmt: skip
REASONS = (
    ("card", "银行卡 Cards"),
    ("transfer", "转账汇款 Transfers"),
    ("deposit", "存款理财 Deposits and funds"),
    ("app", "手机银行 Mobile banking"),
    ("complaint", "投诉建议 Complaints"),
)
# topic, hours from now, by the customer's manager
PROMISED = (
    ("大额存单利率", 2, False),
    ("信用卡额度审批结果", -1, False),
    ("理财到期续作", 4, True),
    ("境外汇款到账", 26, False),
)


def open_phone(*, bank: Bank, at: datetime) -> int:
    admin, agent, manager = (bank.staff[name] for name in ("admin", "agent", "manager"))
    for moment, text_en, text_zh in SCRIPTS:
        keep_script(moment=moment, text_en=text_en, text_zh=text_zh, by=admin, at=at - timedelta(days=90))
    CallReason.objects.bulk_create(CallReason(code=code, name=name) for code, name in REASONS)
    _promise(agent, manager, at)
    miss(at=at)
    return CallBack.objects.count() + plan_weeks(bank=bank, at=at)


def _promise(agent: User, manager: User, at: datetime) -> None:
    own = Customer.objects.active().unmerged().filter(manager=manager, kind="person").exclude(contact__phone_hash=None)
    for customer, (topic, hours, by_manager) in zip(own.order_by("number")[10:14], PROMISED, strict=False):
        due_at = at + timedelta(hours=hours)
        booked_at = min(at, due_at) - timedelta(hours=3)
        book(customer=customer, topic=topic, due_at=due_at, by_manager=by_manager, by=agent, at=booked_at)
