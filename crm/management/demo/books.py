"""Who stands beside the managers of the demo bank, who is away, what they can carry, and the team for the best customers."""

from datetime import date, datetime, timedelta
from typing import Any

from crm.management.demo.bank import Bank
from crm.management.demo.span import Span
from customers.models import Customer
from managers.books.absences import record_absence, say_capacity
from managers.books.services import appoint
from managers.handovers.giving import hand_over
from managers.handovers.leaving import record_leaving
from managers.models import Absence, Assignment
from managers.teams.services import make_team

BACKED, HANDED = 12, 6
# load that they can carry; the second manager of Jing'an is new, so that the first has some to give
CAPACITIES = {"manager": 240, "manager8": 240, "manager2": 240, "manager3": 160}


def open_books(*, bank: Bank, span: Span, at: datetime) -> None:
    """The files named the managers: they had their customers all along. The first ones have a backup, and the head as sponsor."""
    Assignment.objects.filter(role=Assignment.Role.PRIMARY).update(since=span.first)
    head, manager, second = (bank.staff[name] for name in ("head", "manager", "manager2"))
    today = span.last + timedelta(days=1)
    for place, customer in enumerate(Customer.objects.unmerged().filter(manager=manager).order_by("number")[:BACKED]):
        beside: dict[str, Any] = {"customer": customer, "since": today, "by": head, "at": at}
        appoint(manager=second, role=Assignment.Role.BACKUP, reason="Second in the team", **beside)
        if place % 4 == 0:
            appoint(manager=head, role=Assignment.Role.SPONSOR, **beside)
    _hand_over(bank, today, at)
    branch = head.branch
    assert branch is not None
    team = [bank.staff[name] for name in ("manager", "manager2", "manager8")]
    make_team(code="wealth", name="上海私行团队 Shanghai wealth", branch=branch, members=team, by=head)
    for name, capacity in CAPACITIES.items():
        say_capacity(manager=bank.staff[name], capacity=capacity, languages=["zh", "en"], by=head)
    away: dict[str, Any] = {"since": today, "until": today + timedelta(days=14), "kind": Absence.Kind.LEAVE}
    record_absence(manager=bank.staff["manager3"], cover=manager, by=head, at=at, **away)


def _hand_over(bank: Bank, today: date, at: datetime) -> None:
    """Some customers of the second manager have just come to the first; the third leaves in a month."""
    head, manager, second, third = (bank.staff[name] for name in ("head", "manager", "manager2", "manager3"))
    book = Customer.objects.unmerged().open_to(head).filter(manager=second, erased_on=None).order_by("number")
    if moved := book[: min(HANDED, book.count() // 2)]:
        dealt = dict.fromkeys((each.pk for each in moved), manager)
        hand_over(giver=second, dealt=dealt, by=head, at=at, reason="The team for company owners is one now")
    last_day = today + timedelta(days=30)
    record_leaving(manager=third, last_day=last_day, successor=manager, by=head, at=at, reason="Retires")
