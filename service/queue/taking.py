"""Taking a number: at the door, or entered afterwards from paper."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from service.models import BranchQueue, BusinessKind, Counter, QueueNumber, QueueStep
from service.queue.recognising import Known, recognise
from service.queue.writing import lock, record, step

Act, State = QueueStep.Act, QueueNumber.State
# callables `(number, by, at)` that are told of a new number, in its transaction
TAKEN = "queue.taken"
LABEL = re.compile(r"([A-Za-z])\s?(\d{1,3})", re.ASCII)


@transaction.atomic
def take_number(*, queue: BranchQueue, kind: BusinessKind, by: User, at: datetime, text: str = "") -> QueueNumber:
    """`text` is what the customer shows, exactly: their number, phone number or document; "" is a walk-in. Raises RuleBroken."""
    queue = lock(queue, by)
    if not queue.is_open:
        raise RuleBroken(_("This branch gives no numbers now."), code="closed")
    _refuse_unserved(queue, kind)
    day = timezone.localdate(at)
    who = recognise(text=text, by=by, at=at, on=day)
    serial = _next_serial(queue, kind, day)
    return _taken(queue, kind, who, by=by, at=at, day=day, serial=serial, taken_at=at)


@transaction.atomic
def enter_paper(
    *, queue: BranchQueue, label: str, taken_at: datetime, by: User, at: datetime, text: str = "",
    served_by: Counter | None = None, called_at: datetime | None = None, ended_at: datetime | None = None,
) -> QueueNumber:  # fmt: skip
    """A number of the block that is printed ahead, with the time on the paper: it waits since then, or was served already, at
    a counter. Raises RuleBroken."""
    queue = lock(queue, by)
    day = timezone.localdate(taken_at)
    if taken_at > at or day != timezone.localdate(at):
        raise RuleBroken(_("It was taken today, before now."), field="taken_at")
    kind, serial = _paper(queue, label)
    if QueueNumber.objects.filter(queue=queue, day=day, letter=kind.letter, serial=serial).exists():
        raise RuleBroken(_("This number was entered already."), field="label", code="duplicate")
    ended = [served_by, called_at, ended_at]
    if any(ended) and not all(ended):
        raise RuleBroken(_("A number that was served has a counter, a call and an end."), field="served_by")
    if called_at and ended_at and not taken_at <= called_at <= ended_at <= at:
        raise RuleBroken(_("It was called after it was taken, and served after that."), field="called_at")
    if served_by and served_by.queue_id != queue.pk:
        raise RuleBroken(_("This counter is at another branch."), field="served_by")
    who = recognise(text=text, by=by, at=at, on=day)
    more: dict[str, Any] = {"is_paper": True}
    if served_by:
        more |= {"state": State.SERVED, "counter": served_by, "called_at": called_at, "ended_at": ended_at}
    else:
        _refuse_unserved(queue, kind)
    return _taken(queue, kind, who, by=by, at=at, day=day, serial=serial, taken_at=taken_at, **more)


def _taken(
    queue: BranchQueue, kind: BusinessKind, who: Known, *, by: User, at: datetime, **more: Any
) -> QueueNumber:  # fmt: skip
    number = QueueNumber.objects.create(
        queue=queue, kind=kind, letter=kind.letter, customer=who.customer, found_by=who.found_by, tier=who.tier, weight=who.weight,
        **more,
    )  # fmt: skip
    step(number, Act.TAKEN, by=by, at=at)
    if who.customer:
        record("queue_number.taken", number, by=by, customer_id=who.customer.pk, branch=queue.branch.code)
        for follow in contributions(TAKEN) if number.waits else ():
            follow(number=number, by=by, at=at)
    return number


def _next_serial(queue: BranchQueue, kind: BusinessKind, day: Any) -> int:
    """Past the block on paper, whatever was entered of it."""
    given = QueueNumber.objects.filter(queue=queue, day=day, letter=kind.letter, is_paper=False)
    serial = (given.aggregate(last=Max("serial"))["last"] or 0) + 1
    return queue.paper_until + 1 if queue.is_paper(serial) else serial


def _refuse_unserved(queue: BranchQueue, kind: BusinessKind) -> None:
    shared = Counter.objects.filter(queue=queue, is_used=True, is_vip=False, kinds=kind)
    if not kind.is_offered or not shared.exists():
        raise RuleBroken(_("No counter here serves this: %(kind)s.") % {"kind": kind}, field="kind", code="unserved")


def _paper(queue: BranchQueue, label: str) -> tuple[BusinessKind, int]:
    found = LABEL.fullmatch(label.strip())
    kind = BusinessKind.objects.filter(letter=found[1].upper()).first() if found else None
    if found is None or kind is None or not queue.is_paper(int(found[2])):
        words = {"first": queue.paper_from, "last": queue.paper_until}
        text = _("A letter and a number from %(first)s to %(last)s, as on the paper, belongs here.") % words
        raise RuleBroken(text, field="label", code="label")
    return kind, int(found[2])
