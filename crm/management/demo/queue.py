"""A morning in the hall of one branch: kinds of business, counters, who came, and who waits still."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from crm.identity.models import Branch, Team, User
from customers.models import Customer
from segmentation.models import TierPeriod
from service.models import BranchQueue, BusinessKind, Counter, QueueNumber
from service.queue.calling import call_next, finish, give_up, serve
from service.queue.keeping import keep_counter, keep_kind, keep_queue, sit_down
from service.queue.taking import take_number

KINDS = (("cash", "现金业务 Cash", "A"), ("cards", "银行卡与账户 Cards and accounts", "B"),
         ("loans", "贷款 Loans", "C"), ("wealth", "理财与外汇 Wealth and currencies", "D"))  # fmt: skip
# branch, number, what it serves, for VIPs alone
COUNTERS = (
    ("SH01", 1, "cash cards loans wealth", False),
    ("SH01", 2, "cash cards", False),
    ("SH01", 3, "cards loans", False),
    ("SH01", 4, "cash cards loans wealth", True),
    ("SH02", 1, "cash cards loans wealth", False),
    ("SH02", 2, "cash cards", False),
)
CAME, SERVED, FOREIGN = 22, 14, 3
MINUTE = timedelta(minutes=1)


def open_halls(last: date) -> int:
    """How many numbers were taken; the branch knows its customers by their numbers, and those of other branches as well."""
    people = User.objects.in_bulk(["teller", "head", "admin"], field_name="username")
    kinds = {
        code: keep_kind(code=code, name=name, letter=letter, is_offered=True, by=people["admin"])
        for code, name, letter in KINDS
    }
    for code in dict.fromkeys(code for code, *_rest in COUNTERS):
        _hall(code, kinds, people["head"])
    queue = BranchQueue.objects.get(branch__code="SH01")
    _morning(queue, _coming(queue, list(kinds.values())), people["teller"])
    return QueueNumber.objects.count()


def _hall(code: str, kinds: dict[str, BusinessKind], head: User) -> None:
    branch = Branch.objects.get(code=code)
    lobby, _made = Team.objects.get_or_create(code=f"lobby-{code.lower()}", defaults={"name": f"{branch.name} 大堂"})
    lobby.members.set(User.objects.filter(branch=branch, role=User.Role.TELLER))
    queue = keep_queue(branch=branch, is_open=True, paper_from=801, paper_until=899, lobby=lobby, by=head)
    for own, number, served, is_vip in COUNTERS:
        if own == code:
            said: dict[str, Any] = {
                "kinds": [kinds[each] for each in served.split()],
                "is_vip": is_vip,
                "is_used": True,
            }
            keep_counter(queue=queue, number=number, by=head, **said)


def _coming(queue: BranchQueue, kinds: list[BusinessKind]) -> list[tuple[BusinessKind, str]]:
    """What for, and what they show: customers of the branch of every tier, some of others, and walk-ins."""
    lot = Random(7)
    open_now = TierPeriod.objects.open().filter(customer__kind="person", customer__status=Customer.Status.ACTIVE)
    ordered = open_now.order_by("-tier__rank", "customer__number").values_list("customer__number", flat=True)
    own, others = ordered.filter(customer__branch=queue.branch_id), ordered.exclude(customer__branch=queue.branch_id)
    known = dict.fromkeys([*own[:6], *own.order_by("customer__number")[:8], *others[:FOREIGN]])
    shown = [*known, *([""] * (CAME - len(known)))]
    lot.shuffle(shown)
    return [(lot.choices(kinds, [5, 4, 1, 2])[0], text) for text in shown]


def _morning(queue: BranchQueue, coming: list[tuple[BusinessKind, str]], teller: User) -> None:
    """One comes every four minutes, one is served in six; somebody did not come, and the last one is at the counter now."""
    now, counter = timezone.now(), Counter.objects.get(queue=queue, number=1)
    sit_down(counter=counter, by=teller)
    counter.refresh_from_db()
    comes = [(now - (4 * (CAME - place)) * MINUTE, *what) for place, what in enumerate(coming)]
    for place in range(SERVED):
        at = now - (6 * (SERVED - place) - 2) * MINUTE
        while comes and comes[0][0] <= at:
            came_at, kind, text = comes.pop(0)
            take_number(queue=queue, kind=kind, text=text, by=teller, at=came_at)
        number = call_next(counter=counter, by=teller, at=at)
        if number and place == SERVED // 2:
            give_up(number=number, by=teller, at=at + 2 * MINUTE)
        elif number:
            number = serve(number=number, by=teller, at=at + MINUTE)
            if place < SERVED - 1:
                finish(number=number, by=teller, at=at + 5 * MINUTE)
