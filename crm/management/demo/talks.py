"""What was talked about: contacts logged by managers and branch staff, with next steps around the last day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from crm.identity.models import User
from crm.management.demo.bank import Bank
from crm.management.demo.people import Party
from crm.management.demo.span import Span
from customers.models import Customer, Interaction

# channel, purpose, outcome, note
CARE = (
    ("phone", "care", "reached", "节日问候，客户近况良好，暂无新需求。"),
    ("messenger", "care", "reached", "发送本月市场周报，客户回复收到。"),
    ("phone", "sales", "follow_up", "介绍稳健理财新一期，客户考虑中，下周再联系。"),
    ("visit", "review", "agreed", "上门做资产检视，同意将部分活期转为大额存单。"),
    ("branch", "sales", "agreed", "到店签约年金保险，十年期。"),
    ("video", "review", "reached", "视频沟通组合表现，维持现有配置。"),
    ("phone", "care", "not_reached", "无人接听，改日再拨。"),
    ("event", "care", "reached", "参加高尔夫体验活动，结识其合伙人。"),
    ("phone", "sales", "declined", "暂不考虑基金，偏好保本产品。"),
)
COUNTER = (
    ("branch", "service", "reached", "柜台打印对账单并更新联系地址。"),
    ("phone", "service", "reached", "来电咨询转账限额，已说明。"),
    ("app", "service", "reached", "手机银行登录问题，已协助重置。"),
    ("branch", "service", "agreed", "办理定期存款转存。"),
    ("phone", "complaint", "follow_up", "投诉排队时间过长，已致歉并转网点负责人。"),
)


def log_talks(*, parties: list[Party], bank: Bank, span: Span, seed: int) -> int:
    """All in one statement: a service call for each of some thousand old contacts is not what the service is for."""
    ids = dict(Customer.objects.values_list("number", "pk"))
    talks = [talk for party in parties for talk in _of(party, ids[party.number], bank, span, seed)]
    talks.sort(key=lambda talk: (talk.at, talk.customer_id))
    return len(Interaction.objects.bulk_create(talks, batch_size=2_000))


def _of(party: Party, customer: int, bank: Bank, span: Span, seed: int) -> Iterator[Interaction]:
    rng = Random(f"{seed}/{party.number}/talks")
    manager = bank.manager_of(party.branch) if party.has_manager else None
    for day in _days(rng, span, every=75 if manager else 420):
        yield _talk(rng, customer, day, rng.choice(CARE if manager else COUNTER), manager or _counter(rng, bank, party))
    if party.named:
        next_on = span.last + timedelta(days=party.named.next_in) if party.named.next_in is not None else None
        day = span.last - timedelta(days=rng.randint(13, 24))
        words = ("phone", "review", "follow_up" if next_on else "reached", party.named.note)
        yield _talk(rng, customer, day, words, manager, next_on=next_on)
    elif manager and rng.random() < 0.2:
        day = span.last - timedelta(days=rng.randint(15, 28))
        next_on = span.last + timedelta(days=rng.randint(-6, 21))
        yield _talk(rng, customer, day, CARE[2], manager, next_on=next_on)


def _days(rng: Random, span: Span, *, every: int) -> Iterator[date]:
    day = span.first + timedelta(days=rng.randint(1, every * 2))
    while day < span.last - timedelta(days=30):
        yield day
        day += timedelta(days=rng.randint(every // 2, every * 3 // 2))


def _counter(rng: Random, bank: Bank, party: Party) -> User:
    teller = {"SH01": "teller", "SH02": "teller2"}.get(party.branch)
    return bank.staff[teller if teller and rng.random() < 0.7 else "agent"]


def _talk(
    rng: Random, customer: int, day: date, words: tuple, by: User | None, *, next_on: date | None = None
) -> Interaction:
    channel, purpose, outcome, note = words
    at = datetime.combine(day, time(rng.randint(9, 16), rng.randint(0, 59)), timezone.get_current_timezone())
    inward = purpose in ("service", "complaint")
    return Interaction(
        customer_id=customer,
        at=at,
        channel=channel,
        direction=Interaction.Direction.IN if inward else Interaction.Direction.OUT,
        purpose=purpose,
        outcome=outcome,
        note=note,
        next_on=next_on,
        by=by,
    )
