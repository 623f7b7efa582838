"""Clocks that come close to their time, or over it: said once each, in sets."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from crm.base.sql import rows_of, run_text
from crm.identity.models import User
from crm.identity.services.alerts import notify_each
from crm.identity.services.heads import heads_of
from service.models import ClockAlert, Ticket, TicketStep
from service.tickets.reckoning import reckon
from service.tickets.steps import step_of
from service.words import Status

SQL = Path(__file__).parent / "sql"
CLOSE_AFTER = timedelta(days=7)
Told = Counter[tuple[int, str]]


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Warns of what comes close to its time and escalates what is over it, in one statement; how much was said. Each person hears of all
    of it at once."""
    run_text("SELECT pg_advisory_xact_lock(hashtext('ticket clocks'))")  # of two sweeps one says it
    rows = rows_of(SQL / "escalated.sql", at=at)
    _tell(_whom(rows), at)
    return sum(row["clocks"] for row in rows)


def _whom(rows: list[dict]) -> Told:
    """By person and level how many tickets: who works on them and the manager, of breaches the heads too; never whom they are about."""
    heads = heads_of({row["branch_id"] for row in rows if row["level"] == ClockAlert.Level.BREACHED})
    told: Told = Counter()
    for row in rows:
        people = {row["assignee_id"], row["manager_id"]}
        if row["level"] == ClockAlert.Level.BREACHED:
            people |= {head.pk for head in heads.get(row["branch_id"], ())}
        for key in people - {None, row["about_id"]}:
            told[key, row["level"]] += row["clocks"]
    return told


def _tell(told: Told, at: datetime) -> None:
    active = set(User.objects.filter(is_active=True, pk__in={key for key, _level in told}).values_list("pk", flat=True))
    url = reverse("tickets")
    notify_each(told=[(key, _said(level, count), url) for (key, level), count in told.items() if key in active], at=at)


def _said(level: str, count: int) -> str:
    if level == ClockAlert.Level.BREACHED:
        return ngettext("%(count)s ticket is overdue.", "%(count)s tickets are overdue.", count) % {"count": count}
    return ngettext("%(count)s ticket is due soon.", "%(count)s tickets are due soon.", count) % {"count": count}


@transaction.atomic
def close_solved(*, at: datetime) -> int:
    """What was solved a week ago and to which nobody said anything since is closed; how many."""
    rows = Ticket.objects.filter(status=Status.SOLVED, ended_at__lte=at - CLOSE_AFTER).order_by("pk")
    tickets = list(rows.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("levels")[:2_000])
    for ticket in tickets:
        ticket.status = Status.CLOSED
    told = {"from": str(Status.SOLVED), "to": str(Status.CLOSED)}
    steps = [step_of(ticket, TicketStep.Act.MOVED, by=None, at=at, told=told) for ticket in tickets]
    TicketStep.objects.bulk_create(steps)
    reckon(tickets, at=at)
    return len(tickets)
