"""What 100,000 open tickets cost (BENCH_TICKETS=100000): the sweep that warns and escalates, reckoning them all anew, and the list of them.

Half of them are assigned, to two hundred agents; every branch has a manager and a head, whom the sweep tells too.
"""

import os
from datetime import timedelta
from time import monotonic
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path
from django.utils import timezone

from crm.identity.models import Branch, Notification, User
from service.models import ClockAlert, Ticket
from service.tickets.reckoning import keep_reckoned
from service.tickets.sweeping import sweep
from tests.bench import bank
from tests.bench.test_pages import BARE, milliseconds, opened, queries, signed_in, unwatched
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
TICKETS = int(os.environ.get("BENCH_TICKETS", "100000"))
STATEMENTS = (
    """
    UPDATE customers_customer c SET manager_id = u.id FROM identity_user u WHERE u.role = 'manager' AND u.branch_id = c.branch_id""",
    """
    INSERT INTO service_ticket (number, customer_id, kind, channel, subject, impact, priority, is_priority_set, status, opened_at,
        due_at, due_kind, is_paused, reckoned, version, assignee_id)
    SELECT (10000000 + n)::text, 1 + n %% %(customers)s, 'question', 'phone', 'Ticket ' || n, 'medium', 'normal', false, 'open',
        now() - make_interval(mins => n %% 4000), now(), 'solution', false, '', 1, u.id
    FROM generate_series(1, %(tickets)s) n LEFT JOIN identity_user u ON u.username = 'agent' || n %% 400""",
    """
    INSERT INTO service_ticketstep (ticket_id, at, act, status, says, told)
    SELECT t.id, t.opened_at + make_interval(mins => k), v.act, v.status, v.says, '{}'
    FROM service_ticket t
    CROSS JOIN (VALUES (0, 'opened', 'new', ''), (30, 'replied', 'waiting_customer', 'ours'), (90, 'wrote', 'open', 'theirs'))
        AS v (k, act, status, says)""",
)
# seconds, queries, and so many times the bare view
LIMITS = {"sweep": 5.0, "sweep, again": 2.0, "list, queries": 12, "list / bare": 3, "list of nobody's / bare": 3}


def bare(request: HttpRequest) -> HttpResponse:
    """The floor: fifty tickets by key, no session, no user, no frame."""
    rows = Ticket.objects.order_by("due_at", "pk").values("number", "status", name=F("subject"), region=F("priority"))[
        :50
    ]
    return HttpResponse(BARE.render({"rows": rows}))


urlpatterns = [path("bare/", bare), path("", include("crm.urls"))]


def seconds(act) -> float:
    begun = monotonic()
    act()
    return monotonic() - begun


def fill() -> None:
    customers = max(1, TICKETS // 5)
    bank.fill_customers(customers)
    branches = list(Branch.objects.order_by("pk"))
    wanted = [
        *(("agent", n) for n in range(200)),
        *((role, n) for role in ("manager", "head") for n in range(len(branches))),
    ]
    User.objects.bulk_create(
        User(username=f"{role}{n}", role=role, branch=branches[n % len(branches)]) for role, n in wanted
    )
    with connection.cursor() as cursor:
        for text in STATEMENTS:
            cursor.execute(text, {"customers": customers, "tickets": TICKETS})
    bank.settle()


@override_settings(ROOT_URLCONF="tests.bench.test_tickets")
@patch.object(Template, "_render", unwatched)
def pages() -> dict[str, float]:
    root = Branch.objects.create(code="HO", name="Head office", level="head_office", path="/HO/")
    head = signed_in(UserFactory(head=True, branch=root))
    acts = {
        "bare": opened(Client(), "/bare/"),
        "list": opened(head, "/tickets/"),
        "list of nobody's": opened(head, "/tickets/?which=unassigned"),
    }
    spent = milliseconds(acts)
    floor = spent.pop("bare")
    return {"bare page, ms": floor, "list, queries": queries(acts["list"])} | {
        f"{name} / bare": each / floor for name, each in spent.items()
    }


@pytest.mark.bench
def test_what_many_open_tickets_cost() -> None:
    fill()
    now = timezone.now()
    found: dict[str, float] = {"reckoned": seconds(lambda: keep_reckoned(at=now))}
    bank.settle()
    found["sweep"] = seconds(lambda: sweep(at=now + timedelta(hours=3)))
    found["sweep, again"] = seconds(lambda: sweep(at=now + timedelta(hours=3)))
    bank.settle()
    found |= pages()
    told = f"{ClockAlert.objects.count():,} alerts, {Notification.objects.count():,} people told"
    print(f"\n{Ticket.objects.count():,} tickets, {told}", {name: round(each, 2) for name, each in found.items()})
    assert not {name: found[name] for name, most in LIMITS.items() if found[name] > most}
