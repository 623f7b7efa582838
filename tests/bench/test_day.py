"""The day of a manager with 500 customers, beside a bare view of the same book in the same process.

The bare view reads the 500 customers by their manager and draws four fields of each, as the bare page of test_pages.py does for
fifty, of which the day is told too.
"""

import os
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path
from django.utils import timezone

from customers.models import Customer
from managers.cadence.due import keep_due
from tests.bench import bank
from tests.bench.test_pages import BARE, bare, milliseconds, opened, queries, signed_in, unwatched
from tests.factories import BranchFactory, ContactPlanFactory, SchemeVersionFactory, TierFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
BOOK = 500
LIMITS = {"day / bare view of the book": 3, "day, queries": 15}
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


def book(request: HttpRequest, manager: int) -> HttpResponse:
    """No session, no user, no frame."""
    rows = Customer.objects.filter(manager=manager).order_by("sort_key", "pk")
    return HttpResponse(BARE.render({"rows": rows}))


urlpatterns = [path("bare/", bare), path("book/<int:manager>/", book), path("", include("crm.urls"))]


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
            "bare view of the book": opened(Client(), f"/book/{manager.pk}/"),
            "day": opened(signed_in(manager), "/day/"),
        }
        spent = milliseconds(acts, times)
        ratios = {f"day / {name}": spent["day"] / spent[name] for name in acts if name != "day"}
        return {f"{name}, ms": value for name, value in spent.items()} | ratios | {"day, queries": queries(acts["day"])}


@pytest.mark.bench
def test_the_day_beside_a_bare_page(capsys):
    found = figures(CUSTOMERS)
    with capsys.disabled():
        print(f"\nday of a manager with {BOOK} of {CUSTOMERS:,} customers")
        for name, value in found.items():
            print(f"  {name:40} {value:10.2f}")
    missed = {name: found[name] for name, limit in LIMITS.items() if found[name] > limit}
    assert not missed or CUSTOMERS < 200_000, missed


def test_bench_of_the_day_opens_what_it_measures():
    assert figures(600, times=2)["day, queries"] <= LIMITS["day, queries"]
