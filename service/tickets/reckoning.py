"""Due times of tickets, from their logs: many at once, each written whole. Nothing else writes them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from crm.base.sql import run_sql
from service.clocks.clock import Running, Step, clocks, due_of
from service.clocks.picking import Asked, Rules
from service.models import Ticket, TicketClock, TicketStep
from service.tickets.steps import step_of

SQL = Path(__file__).parent / "sql"
BATCH = 2_000


def asked_of(ticket: Ticket) -> Asked:
    """What is over keeps the priority that it had."""
    is_kept = ticket.is_priority_set or not ticket.is_open
    return Asked(ticket.customer_id, ticket.kind, ticket.impact, ticket.priority if is_kept else "")


@transaction.atomic
def reckon(tickets: Sequence[Ticket], *, at: datetime, rules: Rules | None = None) -> None:
    """Priority, clocks and due times of these tickets, which the caller has locked; a priority that changes is a step of its own."""
    if not tickets:
        return
    rules = rules or Rules(at)
    logs = logs_of(ticket.pk for ticket in tickets)
    found: dict[int, list[Running]] = {}
    changed = []
    for ticket, picked in zip(tickets, rules.pick([asked_of(each) for each in tickets]), strict=True):
        if ticket.priority != picked.priority:
            told = {"from": str(ticket.priority), "to": picked.priority}
            changed.append(step_of(ticket, TicketStep.Act.PRIORITISED, by=None, at=at, told=told))
            ticket.priority = picked.priority
        found[ticket.pk] = clocks(logs[ticket.pk], picked.target)
        first = due_of(found[ticket.pk])
        ticket.due_at, ticket.warn_at = (first.due_at, first.warn_at) if first else (None, None)
        ticket.due_kind, ticket.is_paused = (first.kind, first.is_paused) if first else ("", False)
        ticket.levels, ticket.reckoned = rules.version, rules.key
    TicketStep.objects.bulk_create(changed)
    _write(tickets, found)


def logs_of(keys: Iterable[int]) -> dict[int, list[Step]]:
    """By ticket, in the order in which they were written; the moments of two at once never run back."""
    logs: dict[int, list[Step]] = defaultdict(list)
    rows = TicketStep.objects.filter(ticket__in=list(keys)).order_by("ticket", "pk")
    for key, at, status, says in rows.values_list("ticket", "at", "status", "says"):
        log = logs[key]
        log.append(Step(max(at, log[-1].at) if log else at, status, says))
    return logs


def _write(tickets: Sequence[Ticket], found: dict[int, list[Running]]) -> None:
    TicketClock.objects.filter(ticket__in=list(found)).delete()
    rows = [(key, running) for key, all_of_it in found.items() for running in all_of_it]
    run_sql(
        SQL / "clocked.sql",
        tickets=[key for key, _running in rows],
        kinds=[running.kind for _key, running in rows],
        began=[running.began_at for _key, running in rows],
        due=[running.due_at for _key, running in rows],
        warn=[running.warn_at for _key, running in rows],
        ended=[running.ended_at for _key, running in rows],
        paused=[running.is_paused for _key, running in rows],
    )
    run_sql(
        SQL / "reckoned.sql",
        ids=[each.pk for each in tickets],
        priorities=[str(each.priority) for each in tickets],
        statuses=[str(each.status) for each in tickets],
        ended=[each.ended_at for each in tickets],
        due=[each.due_at for each in tickets],
        kinds=[str(each.due_kind) for each in tickets],
        warn=[each.warn_at for each in tickets],
        paused=[each.is_paused for each in tickets],
        levels=[each.levels.pk if each.levels else None for each in tickets],
        reckoned=[each.reckoned for each in tickets],
    )


def keep_reckoned(*, at: datetime) -> int:
    """Open tickets whose levels or tiers may be others since they were reckoned, in batches; how many. As often as one likes."""
    rules, count = Rules(at), 0
    while True:
        with transaction.atomic():
            stale = Ticket.objects.open().exclude(reckoned=rules.key).select_related("levels").order_by("pk")
            batch = list(stale.select_for_update(of=("self",), no_key=True, skip_locked=True)[:BATCH])
            reckon(batch, at=at, rules=rules)
        count += len(batch)
        if len(batch) < BATCH:
            return count
