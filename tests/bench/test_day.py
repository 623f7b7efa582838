"""The day of a manager with 500 customers: at most 15 queries, and at most three times the bare view, in the same process.

The bare view is a plain Django view and template of the very same rows: it asks the database the question of the day, for the
manager's own book and the 25 most pressing rows, and draws what the rows are made of (name, number, tier, kind, the day) as a list.
It has no session and no user, so no scope, permissions and counts of the frame; no reasons in words, links and buttons, and no
frame around the list. What is told beside it for comparison has no limit: the bare page of fifty customers that test_pages.py
measures with.
"""

import os
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Template, engines
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path
from django.utils import timezone

from crm.base.sql import rows_of_text
from managers.cadence.due import keep_due
from managers.day.reading import asked_of
from managers.day.sources import sources, statement
from managers.day.views import SHOWN
from tests.bench import bank
from tests.bench.test_pages import bare, milliseconds, opened, queries, signed_in, unwatched
from tests.factories import BranchFactory, ContactPlanFactory, SchemeVersionFactory, TierFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
BOOK = 500
LIMITS = {"day / bare view": 3, "day, queries": 15}
STATEMENTS = (
    "UPDATE customers_customer SET manager_id = %(manager)s WHERE id <= %(book)s",
    """
    INSERT INTO segmentation_tierperiod (customer_id, tier_id, scheme_version_id, since, months_below)
    SELECT c.id, CASE WHEN c.id %% 5 = 0 THEN %(gold)s ELSE %(mass)s END, %(version)s, date '2026-01-01', 0
    FROM customers_customer c""",
    """
    INSERT INTO customers_interaction (customer_id, at, channel, direction, purpose, outcome, note, created_at, version, next_on)
    SELECT c.id, now() - make_interval(days => ((c.id * 7 + k * 61) %% 400)::integer + 1), 'phone', 'out', 'care',
           CASE WHEN (c.id + k) %% 4 = 0 THEN 'not_reached' ELSE 'reached' END, 'Call', now(), 1,
           CASE WHEN (c.id * 3 + k) %% 40 = 0 THEN current_date END
    FROM customers_customer c, generate_series(1, 20) k WHERE c.id <= 20000""",
    """
    INSERT INTO managers_task (customer_id, kind, about, figures, due_on, opened_at, version, state, remark)
    SELECT c.id, 'kyc_due', c.id::text, '{"level": "high", "due_on": "2026-01-01"}', current_date - (c.id %% 20)::integer, now(), 1, 'open', ''
    FROM customers_customer c WHERE c.id %% 6 = 0 AND c.id <= 20000""",
    """
    INSERT INTO segmentation_neartier (customer_id, direction, tier_id, measure, missing, currency, falls_on, as_of)
    SELECT c.id, 'up', %(gold)s, 'aum_month_average', 12000, 'CNY', current_date + 8, current_date
    FROM customers_customer c WHERE c.id %% 20 = 1""",
)


ROWS = engines["django"].from_string(
    "<ol>{% for row in rows %}<li>{{ row.name }} {{ row.number }} {{ row.tier }}: {{ row.kind }}, {{ row.due_on }}</li>{% endfor %}</ol>"
)


def bare_day(request: HttpRequest, manager: int) -> HttpResponse:
    """No session, no user, no frame."""
    kinds = tuple(source.kind for source in sources())
    return HttpResponse(
        ROWS.render(
            {"rows": rows_of_text(statement(kinds), **asked_of([manager], manager, timezone.localdate(), SHOWN))}
        )
    )


urlpatterns = [
    path("bare/", bare),
    path("day/<int:manager>/bare/", bare_day),
    path("", include("crm.urls")),
]


def figures(customers: int, times: int = 40) -> dict[str, float]:
    bank.fill_customers(customers)
    manager = UserFactory(manager=True, branch=BranchFactory(head_office=True))
    mass, gold = TierFactory(), TierFactory(gold=True)
    asked = {
        "mass": mass.pk,
        "gold": gold.pk,
        "version": SchemeVersionFactory(scheme=mass.scheme).pk,
        "manager": manager.pk,
        "book": BOOK,
    }
    with connection.cursor() as cursor:
        for text in STATEMENTS:
            cursor.execute(text, asked)
    ContactPlanFactory(lines=[{"tier": "mass", "every": 180}, {"tier": "gold", "every": 60}])
    keep_due(customers=None, at=timezone.now() - timedelta(hours=1))
    bank.settle()
    with override_settings(ROOT_URLCONF="tests.bench.test_day"), patch.object(Template, "_render", unwatched):
        acts = {
            "bare page": opened(Client(), "/bare/?after=zhang%208"),
            "bare view": opened(Client(), f"/day/{manager.pk}/bare/"),
            "day": opened(signed_in(manager), "/day/"),
        }
        spent = milliseconds(acts, times)
        ratios = {f"day / {name}": spent["day"] / spent[name] for name in acts if name != "day"}
        return {f"{name}, ms": value for name, value in spent.items()} | ratios | {"day, queries": queries(acts["day"])}


@pytest.mark.bench
def test_the_day_beside_its_bare_view(capsys):
    found = figures(CUSTOMERS)
    with capsys.disabled():
        print(f"\nday of a manager with {BOOK} of {CUSTOMERS:,} customers")
        for name, value in found.items():
            print(f"  {name:40} {value:10.2f}")
    missed = {name: found[name] for name, limit in LIMITS.items() if found[name] > limit}
    assert not missed or CUSTOMERS < 200_000, missed


def test_bench_of_the_day_opens_what_it_measures():
    assert figures(600, times=2)["day, queries"] <= LIMITS["day, queries"]
