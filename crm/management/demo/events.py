"""Four events of the Shanghai branch: one that was held, one that is full, one that is planned, one that was called off."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from crm.identity.models import Branch
from crm.management.demo.bank import Bank
from customers.models import Customer
from managers.events.answering import answer_invitation, check_in
from managers.events.inviting import invite
from managers.events.planning import cancel_event, close_event, open_event, plan_event
from managers.models import Event, Invitation

# days from now, hour, name, kind, place, places, budget, how many of the book are asked
EVENTS = (
    (-12, 19, "新春音乐会", Event.Kind.SHOW, "上海交响乐团音乐厅", 24, "60000", 36),
    (9, 18, "私行品鉴晚宴", Event.Kind.DINNER, "和平饭店九霄厅", 12, "48000", 30),
    (30, 9, "亲子采摘日", Event.Kind.OUTING, "崇明生态农庄", 60, "18000", 0),
    (5, 8, "客户高尔夫邀请赛", Event.Kind.SPORTS, "佘山高尔夫俱乐部", 16, "90000", 18),
)
SAYS = (*["accepted"] * 6, "declined", "declined", "")


def invite_guests(*, bank: Bank, at: datetime) -> int:
    """How many are invited. `at` is the first morning after the data."""
    head, branch = bank.staff["head"], Branch.objects.get(pk=bank.branches["SH"])
    people = Customer.objects.filter(manager__branch__path__startswith=branch.path, kind=Customer.Kind.PERSON)
    for days, hour, name, kind, place, places, budget, asked in EVENTS:
        begins = at + timedelta(days=days, hours=hour)
        planned = min(at, begins) - timedelta(days=21)
        event = plan_event(
            name=name, kind=kind, branch=branch, place=place, places=places, budget=Decimal(budget), currency="CNY",
            host=bank.staff["manager"], starts_at=begins, ends_at=begins + timedelta(hours=3), by=head, at=planned,
        )  # fmt: skip
        if asked:
            first, noon = people.order_by("number")[:asked], planned + timedelta(days=1, hours=12)
            invite(event=event, customers=first, channel="branch", by=bank.staff["manager"], at=noon)
            open_event(event=event, by=head)
            _answer(event, bank, noon)
    _hold(Event.objects.get(name="新春音乐会"), bank)
    golf = Event.objects.get(name="客户高尔夫邀请赛")
    cancel_event(event=golf, reason="台风预警，场地关闭", by=head, at=at - timedelta(days=1))
    return Invitation.objects.count()


def _answer(event: Event, bank: Bank, asked_at: datetime) -> None:
    for place, guest in enumerate(event.invitations.order_by("pk")):
        rng = Random(f"{event.name}/{place}")
        if state := rng.choice(SAYS):
            said_at = asked_at + timedelta(hours=rng.randint(2, 90))
            companions = rng.choice((0, 0, 0, 1, 1, 2)) if state == "accepted" else 0
            answer_invitation(
                invitation=guest, state=state, companions=companions, by=bank.staff["manager"], at=said_at
            )


def _hold(event: Event, bank: Bank) -> None:
    """Nine of ten came."""
    for place, guest in enumerate(event.invitations.accepted().order_by("pk")):
        if place % 10 != 3:
            check_in(invitation=guest, by=bank.staff["teller"], at=event.starts_at + timedelta(minutes=place))
    close_event(event=event, cost=Decimal("57260.00"), by=bank.staff["head"], at=event.ends_at)
