"""What 100,000 open tickets cost: the sweep that warns and escalates, and reckoning them all anew (BENCH_TICKETS=100000)."""

import os
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone

from service.models import ClockAlert, Ticket
from service.tickets.reckoning import keep_reckoned
from service.tickets.sweeping import sweep
from tests.bench import bank

pytestmark = pytest.mark.django_db(transaction=True)
TICKETS = int(os.environ.get("BENCH_TICKETS", "100000"))
STATEMENTS = (
    """
    INSERT INTO service_ticket (number, customer_id, kind, channel, subject, impact, priority, is_priority_set, status, opened_at,
        due_at, due_kind, is_paused, reckoned, version)
    SELECT (10000000 + n)::text, 1 + n %% %(customers)s, 'question', 'phone', 'Ticket ' || n, 'medium', 'normal', false, 'open',
        now() - make_interval(mins => n %% 4000), now(), 'solution', false, '', 1
    FROM generate_series(1, %(tickets)s) n""",
    """
    INSERT INTO service_ticketstep (ticket_id, at, act, status, says, told)
    SELECT t.id, t.opened_at + make_interval(mins => k), v.act, v.status, v.says, '{}'
    FROM service_ticket t
    CROSS JOIN (VALUES (0, 'opened', 'new', ''), (30, 'replied', 'waiting_customer', 'ours'), (90, 'wrote', 'open', 'theirs'))
        AS v (k, act, status, says)""",
)
# seconds
LIMITS = {"sweep": 5.0, "sweep, again": 2.0}


def seconds(act) -> float:
    begun = monotonic()
    act()
    return monotonic() - begun


@pytest.mark.bench
def test_the_sweep_over_all_open_tickets_is_quick() -> None:
    customers = max(1, TICKETS // 5)
    bank.fill_customers(customers)
    with connection.cursor() as cursor:
        for text in STATEMENTS:
            cursor.execute(text, {"customers": customers, "tickets": TICKETS})
    bank.settle()
    now = timezone.now()
    spent = {"reckoned": seconds(lambda: keep_reckoned(at=now))}
    bank.settle()
    spent["sweep"] = seconds(lambda: sweep(at=now + timedelta(hours=3)))
    spent["sweep, again"] = seconds(lambda: sweep(at=now + timedelta(hours=3)))
    print(
        f"\n{Ticket.objects.count():,} tickets, {ClockAlert.objects.count():,} alerts",
        {k: round(v, 2) for k, v in spent.items()},
    )
    assert not {name: spent[name] for name, most in LIMITS.items() if spent[name] > most}
