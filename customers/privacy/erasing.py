"""One transaction per customer: counted, sealed where a law keeps it, taken, and said."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import seals
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.sql import rows_of_text
from crm.identity.models import User
from customers.duplicates.refusing import refuse_unquiet
from customers.models import Customer, Erasure
from customers.privacy.holds import holds_of, subjects
from customers.privacy.sealing import sealed_of
from customers.privacy.taking import IN_PLACE, Part, Subject, functions, parts
from customers.privacy.words import pattern_of, without, words_of
from customers.services.managers import tell_moved

log = structlog.get_logger(__name__)
CLOCK = "erasures"


def counted(customer: Customer) -> list[tuple[Part, int]]:
    """What would be taken, by what it is; a query for each."""
    ids = subjects(customer)
    found = [(part, rows.count()) for part in parts() if (rows := part.rows(ids)) is not None]
    return [(part, number) for part, number in found if number]


def by_category(lines: list[tuple[Part, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part, number in lines:
        found[str(part.category)] = found.get(str(part.category), 0) + number
    return found


@transaction.atomic
def erase(*, erasure: Erasure, proposal: Proposal, by: User, at: datetime) -> Erasure:
    """What an approved proposal asked for. Refused while anything is under way with the customer, and while a night or a
    file is at work."""
    refuse_unquiet()
    erasure = Erasure.objects.for_change(erasure)
    if not erasure.is_open:
        raise RuleBroken(_("This request is answered already."))
    today = timezone.localdate(at)
    customer = Customer.objects.for_change(erasure.customer)
    ids = subjects(customer)
    list(Customer.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True))
    holds = holds_of(customer, on=today)
    if holds.reasons:
        raise RuleBroken(" ".join(holds.reasons))
    Erasure.objects.filter(pk=erasure.pk).update(proposal=proposal)
    pattern = pattern_of(words_of(ids))
    erasure.counts = by_category(counted(customer))
    erasure.proposal, erasure.held_until = proposal, holds.until
    erasure.sealed = sealed_of(ids) if holds.until else ""
    erasure.state = Erasure.State.HELD if holds.until else Erasure.State.ERASED
    erasure.closed_at, erasure.closed_by = at, by
    erasure.reason = without(erasure.reason, pattern)
    subject = Subject(erasure, ids, pattern)
    for part in parts():
        if not holds.until or part.category not in IN_PLACE:
            part.take(subject)
    _close(ids, today)
    tell_moved(ids, at=at)
    redacted = [row["redacted"] for name in functions() for row in _called(name, erasure, pattern)]
    erasure.save()
    customer.refresh_from_db()
    held = holds.until.isoformat() if holds.until else ""
    audit.record("customer.erased", customer, by=by, erasure=erasure.number, held_until=held, counts=erasure.counts)
    seals.note_redacted({key for key in redacted if key}, by=by, because=erasure.number)
    return erasure


def _close(ids: Sequence[int], day: date) -> None:
    """A number without a name, a book or a branch: in nobody's reach but an auditor's."""
    for row in Customer.objects.filter(pk__in=ids).order_by("pk"):
        if row.status != Customer.Status.CLOSED:
            row.status, row.status_since = Customer.Status.CLOSED, day
        row.manager, row.branch, row.erased_on = None, None, day
        row.version += 1
        row.save()


def _called(name: str, erasure: Erasure, pattern: str | None) -> list[dict[str, int]]:
    """The owner's function: the keys of the events of the trail in which it hid words."""
    text = f"SELECT redacted FROM {name}(%(erasure)s, %(words)s) AS redacted"  # noqa: S608  a name of our own code
    return rows_of_text(text, erasure=erasure.pk, words=pattern)


@transaction.atomic
def release(*, erasure: Erasure, at: datetime) -> None:
    """The law's time is over: the seal goes, and what stayed in its place."""
    erasure = Erasure.objects.for_change(erasure)
    if erasure.state != Erasure.State.HELD or erasure.held_until is None or erasure.held_until > timezone.localdate(at):
        return
    ids = subjects(erasure.customer)
    taken = [part for part in parts() if part.category in IN_PLACE]
    for part in taken:
        part.take(Subject(erasure, ids, None))
    erasure.state, erasure.sealed, erasure.released_at = Erasure.State.ERASED, "", at
    erasure.save(update_fields=["state", "sealed", "released_at"])
    audit.record("erasure.released", erasure, by=CLOCK)


class Released(NamedTuple):
    done: int
    failed: int


def release_due(*, at: datetime) -> Released:
    """Once a day by beat: every seal whose day has come, a transaction for each. One that fails keeps no other one back: it
    stands in the log, and is tried again the next day."""
    due = list(Erasure.objects.releasable(on=timezone.localdate(at)).select_related("customer"))
    failed = 0
    for erasure in due:
        try:
            release(erasure=erasure, at=at)
        except Exception:
            failed += 1
            log.exception("a seal could not be let go", erasure=erasure.number)
    return Released(len(due) - failed, failed)
