"""What a board over 200,000 tickets costs against a bare reading of them, their clocks and steps (BENCH_TICKETS=200000)."""

import os
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from service.boards.figures import Span
from service.boards.report import BYS, board
from service.models import Ticket, TicketClock, TicketStep
from tests.bench import bank
from tests.factories import TierFactory

pytestmark = pytest.mark.django_db(transaction=True)
TICKETS = int(os.environ.get("BENCH_TICKETS", "200000"))
# of half a year, four of five solved; two clocks each, of every tenth one late
STATEMENTS = (
    """
    INSERT INTO service_ticket (number, customer_id, kind, channel, subject, impact, priority, is_priority_set, status, opened_at,
        ended_at, due_at, due_kind, is_paused, reckoned, version)
    SELECT (10000000 + n)::text, 1 + n %% %(customers)s, (ARRAY['question', 'request', 'complaint'])[1 + n %% 3], 'phone', 'T' || n,
        'medium', 'normal', false, CASE WHEN n %% 5 = 0 THEN 'open' ELSE 'solved' END, o.at,
        CASE WHEN n %% 5 > 0 THEN o.at + make_interval(mins => 30 + n %% 5000) END, CASE WHEN n %% 5 = 0 THEN now() END,
        CASE WHEN n %% 5 = 0 THEN 'solution' ELSE '' END, false, '', 1
    FROM generate_series(1, %(tickets)s) n
    CROSS JOIN LATERAL (SELECT now() - make_interval(mins => n %% 260000) AS at) o""",
    """
    INSERT INTO service_ticketclock (ticket_id, kind, began_at, due_at, warn_at, ended_at, is_paused)
    SELECT t.id, v.kind, t.opened_at, d.at, d.at, CASE WHEN t.id %% 10 = 0 THEN d.at + interval '1 hour' ELSE t.ended_at END, false
    FROM service_ticket t
    CROSS JOIN (VALUES ('first_response', 2), ('solution', 72)) AS v (kind, hours)
    CROSS JOIN LATERAL (SELECT t.opened_at + make_interval(hours => v.hours) AS at) d""",
    """
    INSERT INTO service_ticketstep (ticket_id, at, act, status, says, told)
    SELECT t.id, t.opened_at + make_interval(hours => k), v.act, 'open', '', '{}'
    FROM service_ticket t CROSS JOIN (VALUES (0, 'opened'), (1, 'replied'), (9, 'reopened')) AS v (k, act)
    WHERE v.act <> 'reopened' OR t.id %% 20 = 0""",
    """
    INSERT INTO segmentation_tierperiod (customer_id, tier_id, scheme_version_id, since, months_below)
    SELECT id, %(tier)s, 1, date '2026-01-01', 0 FROM customers_customer""",
)
RATIO = 15.0


def seconds(act) -> float:
    spent = []
    for _again in range(3):
        begun = monotonic()
        act()
        spent.append(monotonic() - begun)
    return sorted(spent)[1]


def _read() -> None:
    for model, column in ((Ticket, "ended_at"), (TicketClock, "ended_at"), (TicketStep, "at")):
        model.objects.aggregate(Max(column), Max("pk"))


@pytest.mark.bench
def test_a_board_costs_little_more_than_the_reading_of_its_tickets() -> None:
    customers = max(1, TICKETS // 5)
    bank.fill_customers(customers)
    tier = TierFactory(gold=True)
    with connection.cursor() as cursor:
        for text in STATEMENTS:
            cursor.execute(text, {"customers": customers, "tickets": TICKETS, "tier": tier.pk})
    bank.settle()
    today = timezone.localdate()
    span = Span.of(today - timedelta(days=180), today)
    bare = seconds(_read)
    spent = {by: seconds(lambda by=by: board(Ticket.objects.with_tier(), by, span)) for by in BYS}
    ratios = {by: round(each / bare, 1) for by, each in spent.items()}
    print(f"\n{TICKETS:,} tickets: bare {bare:.3f} s, ratios {ratios}")
    assert max(ratios.values()) < RATIO
