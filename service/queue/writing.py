"""What every verb on the queue does: lock the branch's queue, refuse what may not be, and write a step."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.services.versions import STALE
from service.models import BranchQueue, Counter, QueueNumber, QueueStep

AT_A_BRANCH = (User.Role.TELLER, User.Role.HEAD)


def lock(queue: BranchQueue, by: User) -> BranchQueue:
    """For whoever works at the branch; for a head of it or above it."""
    found = BranchQueue.objects.for_change(queue)
    branch, own = found.branch, by.branch
    is_own = own is not None and own.pk == branch.pk
    is_above = own is not None and by.role == User.Role.HEAD and branch.path.startswith(own.path)
    if by.role not in AT_A_BRANCH or not (is_own or is_above):
        raise RuleBroken(_("The queue is worked off by the staff of the branch."), code="branch")
    return found


def for_change(number: QueueNumber, by: User, version: int | None) -> QueueNumber:
    """As it is, its queue being locked."""
    lock(number.queue, by)
    found = QueueNumber.objects.select_related("queue", "kind", "counter", "customer").get(pk=number.pk)
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this number in the meantime."), code=STALE)
    return found


def at_own_counter(number: QueueNumber, by: User) -> Counter:
    if number.state not in QueueNumber.AT_COUNTER or number.counter is None:
        words = {"number": number, "state": number.get_state_display()}
        raise RuleBroken(_("%(number)s is at no counter (%(state)s).") % words, code="state")
    if number.counter.teller_id != by.pk:
        raise RuleBroken(_("%(number)s is at another counter.") % {"number": number}, code="counter")
    return number.counter


def save(number: QueueNumber, act: str, *, by: User, at: datetime, counter: Counter | None = None) -> QueueNumber:
    """As it stands now, with its step. Not in the trail, but for who it names: the log of the number tells as much."""
    number.version += 1
    number.save()
    step(number, act, by=by, at=at, counter=counter)
    return number


def step(number: QueueNumber, act: str, *, by: User, at: datetime, counter: Counter | None = None) -> None:
    is_shared = counter is not None and not counter.is_vip
    QueueStep.objects.create(
        number=number, act=act, at=at, by=by, counter=counter, is_shared=is_shared, is_vip=number.is_vip
    )


def record(action: str, thing: Any, *, by: User, **told: Any) -> None:
    audit.record(action, thing, by=by, **told)
