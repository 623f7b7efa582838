"""Kinds of business, kept by admins; the queue of a branch and its counters, kept by heads; and who sits where."""

import re
import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, Team, User
from customers.services.versions import STALE
from service.models import BranchQueue, BusinessKind, Counter, QueueNumber
from service.queue.writing import lock, record


@transaction.atomic
def keep_kind(
    *, code: str, name: str, letter: str, is_offered: bool, by: User, kind: BusinessKind | None = None
) -> BusinessKind:
    """A new one, or this one changed; code and letter stay, as numbers carry them."""
    letter = letter.upper()
    if not re.fullmatch("[A-Z]", letter):
        raise RuleBroken(_("One letter from A to Z."), field="letter")
    others = BusinessKind.objects.exclude(pk=kind.pk) if kind else BusinessKind.objects.all()
    for field, value in (("code", code), ("name", name), ("letter", letter)):
        if others.filter(**{field: value}).exists():
            text = _("There is a kind of business “%(name)s” already.")
            raise RuleBroken(text % {"name": value}, field=field, code="duplicate")
    kind = kind or BusinessKind(code=code, letter=letter)
    kind.name, kind.is_offered = name, is_offered
    kind.save()
    record("business_kind.kept", kind, by=by, code=kind.code, is_offered=is_offered)
    return kind


@transaction.atomic
def keep_queue(
    *, branch: Branch, is_open: bool, paper_from: int, paper_until: int, lobby: Team | None, by: User, version: int | None = None
) -> BranchQueue:  # fmt: skip
    """The first one of a branch, or what is said of it now."""
    queue, is_new = BranchQueue.objects.get_or_create(branch=branch)
    queue = lock(queue, by)
    if not is_new and version is not None and queue.version != version:
        raise RuleBroken(_("Somebody changed this queue in the meantime."), code=STALE)
    if not 1 <= paper_from < paper_until <= 999:
        raise RuleBroken(_("The block on paper lies between 1 and 999."), field="paper_until")
    queue.is_open, queue.paper_from, queue.paper_until, queue.lobby = is_open, paper_from, paper_until, lobby
    queue.version += 1
    queue.save()
    team = lobby.code if lobby else ""
    record("branch_queue.kept", queue, by=by, branch=branch.code, is_open=is_open, lobby=team)
    return queue


@transaction.atomic
def renew_wall(*, queue: BranchQueue, by: User) -> BranchQueue:
    """The old address of the wall display shows nothing any more."""
    queue = lock(queue, by)
    queue.wall_key, queue.version = uuid.uuid4(), queue.version + 1
    queue.save(update_fields=["wall_key", "version"])
    record("branch_queue.wall_renewed", queue, by=by, branch=queue.branch.code)
    return queue


@transaction.atomic
def keep_counter(
    *, queue: BranchQueue, number: int, kinds: Collection[BusinessKind], is_vip: bool, is_used: bool, by: User,
    counter: Counter | None = None, version: int | None = None,
) -> Counter:  # fmt: skip
    queue = lock(queue, by)
    if counter:
        counter = Counter.objects.get(pk=counter.pk, queue=queue)
        if version is not None and counter.version != version:
            raise RuleBroken(_("Somebody changed this counter in the meantime."), code=STALE)
    if not 1 <= number <= 99:
        raise RuleBroken(_("A number from 1 to 99."), field="number")
    others = Counter.objects.exclude(pk=counter.pk) if counter else Counter.objects.all()
    if others.filter(queue=queue, number=number).exists():
        raise RuleBroken(_("There is a counter %(number)s already.") % {"number": number}, field="number")
    if not kinds:
        raise RuleBroken(_("It serves one kind of business at least."), field="kinds")
    if counter and counter.teller_id and not is_used:
        raise RuleBroken(_("Somebody sits at this counter."), field="is_used")
    counter = counter or Counter(queue=queue)
    counter.number, counter.is_vip, counter.is_used = number, is_vip, is_used
    counter.version += 1 if counter.pk else 0
    counter.save()
    counter.kinds.set(kinds)
    served: list[Any] = sorted(kind.code for kind in kinds)
    record("counter.kept", counter, by=by, branch=queue.branch.code, number=number, kinds=served, is_vip=is_vip)
    return counter


@transaction.atomic
def sit_down(*, counter: Counter, by: User) -> Counter:
    """From now on `by` calls at this counter."""
    queue = lock(counter.queue, by)
    counter = Counter.objects.get(pk=counter.pk)
    if not counter.is_used or (counter.teller_id and counter.teller_id != by.pk):
        raise RuleBroken(_("This counter is taken, or not in use."), code="taken")
    if by.branch_id != queue.branch_id:
        raise RuleBroken(_("This counter is at another branch."), code="branch")
    if other := Counter.objects.filter(teller=by).exclude(pk=counter.pk).first():
        _stand_up(other)
    counter.teller = by
    counter.save(update_fields=["teller"])
    audit.record("counter.opened", counter, by=by, number=counter.number)
    return counter


@transaction.atomic
def leave(*, counter: Counter, by: User) -> Counter:
    """Who sits there leaves it; a head of the branch may free it too."""
    lock(counter.queue, by)
    counter = Counter.objects.get(pk=counter.pk)
    if counter.teller_id != by.pk and by.role != User.Role.HEAD:
        raise RuleBroken(_("You do not sit at this counter."), code="counter")
    _stand_up(counter)
    audit.record("counter.closed", counter, by=by, number=counter.number)
    return counter


def _stand_up(counter: Counter) -> None:
    if busy := QueueNumber.objects.at_counters().filter(counter=counter).first():
        raise RuleBroken(_("%(number)s is still at this counter.") % {"number": busy}, code="busy")
    counter.teller = None
    counter.save(update_fields=["teller"])
