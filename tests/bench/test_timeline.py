"""The timeline of a customer with 100,000 entries beside that of one with 100: each page is a page, however long the whole."""

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from customers.models import Customer
from customers.timeline import page_of
from tests.bench.test_pages import milliseconds, opened, signed_in
from tests.factories import BranchFactory, CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
ENTRIES = int(os.environ.get("BENCH_ENTRIES", "100000"))
FEW = 100
LIMIT = 1.25
LOGGED = """
INSERT INTO customers_interaction (customer_id, at, channel, direction, purpose, outcome, note, by_id, created_at, version)
SELECT %(customer)s, now() - make_interval(mins => n), 'phone', 'out', 'care', 'reached', 'Call ' || n, %(by)s, now(), 1
FROM generate_series(1, %(entries)s) n
"""


def figures(entries: int, times: int = 25) -> dict[str, float]:
    branch = BranchFactory(head_office=True)
    head = UserFactory(head=True, branch=branch)
    few, many = CustomerFactory.create_batch(2, branch=branch)
    with connection.cursor() as cursor:
        for customer, count in ((few, FEW), (many, entries)):
            cursor.execute(LOGGED, {"customer": customer.pk, "by": head.pk, "entries": count})
        cursor.execute("VACUUM (ANALYZE)")
    client = signed_in(head)

    def page(customer: Customer, count: int) -> str:
        """The page from the middle on."""
        before = timezone.now() - timedelta(minutes=count // 2)
        return f"/customers/{customer.pk}/timeline/?before={before.isoformat().replace('+', '%2B')}"

    assert len(page_of(many, head, before=timezone.now() - timedelta(minutes=entries // 2))[0]) == 20
    spent = milliseconds(
        {
            "few, first": opened(client, f"/customers/{few.pk}/timeline/"),
            "many, first": opened(client, f"/customers/{many.pk}/timeline/"),
            "few, middle": opened(client, page(few, FEW)),
            "many, middle": opened(client, page(many, entries)),
        },
        times,
    )
    ratios = {
        f"{which} page, many / few": spent[f"many, {which}"] / spent[f"few, {which}"] for which in ("first", "middle")
    }
    return {f"{name}, ms": value for name, value in spent.items()} | ratios


@pytest.mark.bench
def test_a_long_timeline_beside_a_short_one(capsys):
    found = figures(ENTRIES)
    with capsys.disabled():
        print(f"\ntimeline, {ENTRIES} entries beside {FEW}")
        for name, value in found.items():
            print(f"  {name:40} {value:10.2f}")
    missed = {name: value for name, value in found.items() if " / " in name and value > LIMIT}
    assert not missed or ENTRIES < 100_000, missed


def test_bench_of_the_timeline_opens_what_it_measures():
    assert all(value > 0 for value in figures(300, times=2).values())
