"""Verbs at a counter: the next one called, called again, served, sent on, or given up."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import User
from service.models import BusinessKind, Counter, QueueNumber, QueueStep
from service.queue.picking import IN_A_ROW, Waiting, in_a_row, pick
from service.queue.rules import fairness_on
from service.queue.writing import at_own_counter, for_change, lock, save

Act, State = QueueStep.Act, QueueNumber.State


@transaction.atomic
def call_next(*, counter: Counter, by: User, at: datetime) -> QueueNumber | None:
    """By tier and wait; None where nobody waits for this counter. The queue is locked: two counters never call the same one."""
    queue = lock(counter.queue, by)
    counter = Counter.objects.select_related("queue").get(pk=counter.pk)
    if counter.teller_id != by.pk:
        raise RuleBroken(_("You do not sit at this counter."), code="counter")
    if busy := QueueNumber.objects.at_counters().filter(counter=counter).first():
        raise RuleBroken(_("%(number)s is still at your counter.") % {"number": busy}, code="busy")
    day = timezone.localdate(at)
    rows = QueueNumber.objects.on(day).filter(queue=queue, kind__in=counter.kinds.values("pk")).waiting()
    waiting = {row.pk: row for row in rows.select_related("kind")}
    found = pick(
        [waiting_of(row) for row in waiting.values()], at=at, fairness=fairness_on(day, queue.branch),
        vips_in_a_row=_vips_in_a_row(counter, day), is_shared=not counter.is_vip,
    )  # fmt: skip
    if found is None:
        return None
    number = waiting[found.key]
    number.state, number.counter, number.called_at = State.CALLED, counter, number.called_at or at
    return save(number, Act.CALLED, by=by, at=at, counter=counter)


def waiting_of(number: QueueNumber) -> Waiting:
    return Waiting(number.pk, number.weight, number.taken_at)


def _vips_in_a_row(counter: Counter, day: date) -> int:
    """At this counter, and at all shared ones of the branch together: the longer of the two."""
    called = QueueStep.objects.filter(act=Act.CALLED, is_shared=True, number__queue=counter.queue_id, number__day=day)
    rows = called.order_by("-pk").values_list("is_vip", flat=True)
    return max(in_a_row(rows[:IN_A_ROW]), in_a_row(rows.filter(counter=counter)[:IN_A_ROW]))


@transaction.atomic
def recall(*, number: QueueNumber, by: User, at: datetime, version: int | None = None) -> QueueNumber:
    """Once more on the wall."""
    number = for_change(number, by, version)
    counter = at_own_counter(number, by)
    if number.state == State.SERVING:
        raise RuleBroken(_("%(number)s is being served.") % {"number": number}, code="state")
    number.state = State.RECALLED
    return save(number, Act.RECALLED, by=by, at=at, counter=counter)


@transaction.atomic
def serve(*, number: QueueNumber, by: User, at: datetime, version: int | None = None) -> QueueNumber:
    """Who was called is here."""
    number = for_change(number, by, version)
    counter = at_own_counter(number, by)
    if number.state == State.SERVING:
        raise RuleBroken(_("%(number)s is being served.") % {"number": number}, code="state")
    number.state = State.SERVING
    return save(number, Act.SERVING, by=by, at=at, counter=counter)


@transaction.atomic
def finish(*, number: QueueNumber, by: User, at: datetime, version: int | None = None) -> QueueNumber:
    number = for_change(number, by, version)
    counter = at_own_counter(number, by)
    number.state, number.ended_at = State.SERVED, at
    return save(number, Act.SERVED, by=by, at=at, counter=counter)


@transaction.atomic
def give_up(*, number: QueueNumber, by: User, at: datetime, version: int | None = None) -> QueueNumber:
    """Nobody came."""
    number = for_change(number, by, version)
    counter = at_own_counter(number, by)
    if number.state == State.SERVING:
        raise RuleBroken(_("%(number)s is being served.") % {"number": number}, code="state")
    number.state, number.ended_at = State.NO_SHOW, at
    return save(number, Act.NO_SHOW, by=by, at=at, counter=counter)


@transaction.atomic
def transfer(
    *, number: QueueNumber, kind: BusinessKind, by: User, at: datetime, version: int | None = None
) -> QueueNumber:
    """To whoever serves another kind of business; the wait goes on from when the number was taken."""
    number = for_change(number, by, version)
    counter = at_own_counter(number, by)
    others = Counter.objects.filter(queue=number.queue_id, is_used=True, is_vip=False, kinds=kind).exclude(
        pk=counter.pk
    )
    if not kind.is_offered or not others.exists():
        raise RuleBroken(_("No other counter here serves this: %(kind)s.") % {"kind": kind}, field="kind")
    number.state, number.kind, number.counter = State.TRANSFERRED, kind, None
    return save(number, Act.TRANSFERRED, by=by, at=at, counter=counter)
