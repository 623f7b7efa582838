"""What a look through the whole book for duplicates costs, beside a bare reading of what it compares."""

import os
from datetime import UTC, datetime
from time import monotonic

import pytest
from django.db import connection

from customers.duplicates.finding import find_duplicates
from customers.models import Duplicate

pytestmark = pytest.mark.django_db
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
NOW = datetime(2026, 4, 1, tzinfo=UTC)
LIMIT = 40.0  # x the bare reading
# two thousand names, born on 18,000 days; one record in a hundred is of somebody whom another one tells of, with another id document
PEOPLE = """
INSERT INTO customers_customer (number, kind, name, pinyin, initials, sort_key, sex, birth_date, region, occupation, education,
    language, status, version, created_at, updated_at)
SELECT 'D' || n, 'person', 'N' || name, 'n' || name, 'n', 'n ' || name, '', date '1950-01-01' + (hashint8(who * 31) & 65535) %% 18000,
    '', '', '', '', 'active', 1, now(), now()
FROM (SELECT n, CASE WHEN n %% 100 = 0 THEN n - 3 ELSE n END AS who FROM generate_series(1, %(n)s::bigint) n) AS people,
    LATERAL (SELECT (hashint8(who) & 65535) %% 2000 AS name) AS named;
INSERT INTO customers_contact (customer_id, national_id, phone, email, address, national_id_hash, phone_hash)
SELECT id, '', '', '', '', sha256(convert_to('d' || number, 'UTF8')), sha256(convert_to('p' || name || birth_date, 'UTF8'))
FROM customers_customer;
ANALYZE customers_customer; ANALYZE customers_contact;
"""
BARE = """
SELECT count(*), sum(length(c.sort_key)), sum(length(k.phone_hash)), sum(length(k.national_id_hash)), max(c.birth_date)
FROM customers_customer c JOIN customers_contact k ON k.customer_id = c.id
"""


def seconds(act) -> float:
    begun = monotonic()
    act()
    return monotonic() - begun


def figures(customers: int) -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"n": customers})
        bare = min(seconds(lambda: cursor.execute(BARE)) for _ in range(3))
    first = seconds(lambda: find_duplicates(at=NOW))
    again = seconds(lambda: find_duplicates(at=NOW))
    return {"bare seconds": bare, "first": first / bare, "again": again / bare, "pairs": Duplicate.objects.count()}


@pytest.mark.bench
def test_a_look_through_the_whole_book(capsys) -> None:
    found = figures(CUSTOMERS)
    with capsys.disabled():
        print(f"\nduplicates, {CUSTOMERS} customers")
        for name, value in found.items():
            print(f"  {name:14} {value:10.2f}")
    assert found["pairs"] >= CUSTOMERS // 100
    assert found["again"] <= LIMIT


def test_the_bench_of_duplicates_of_a_small_bank_is_right() -> None:
    assert figures(1_000)["pairs"] >= 10
