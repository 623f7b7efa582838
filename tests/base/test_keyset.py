"""Walks of 5,000 rows, equal and NULL ones among them, on real PostgreSQL."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext

from crm.base.keyset import LAST, BadCursor, Keyset, KeysetPage, order_named
from customers.models import Account, Balance, Customer, Product

ROWS = 5_000
FIELDS = {"born": "birth_date", "name": "sort_key", "branch": ("branch__name",), "held": "held"}


@pytest.fixture
def crowd(db: None) -> None:
    """2,000 rows without a birth date, 1,500 born on one day, 1,500 on others; 2,500 share a name."""
    day = date(1970, 1, 1)
    born = [None] * 2_000 + [day] * 1_500 + [day + timedelta(days=n % 700) for n in range(1_500)]
    Customer.objects.bulk_create(
        Customer(number=f"{n:05}", birth_date=born[n * 7 % ROWS], sort_key="zhang wei" if n % 2 else f"li {n % 13}")
        for n in range(ROWS)
    )


def walked(keyset: Keyset) -> list[list[Customer]]:
    """The pages from the first to the last."""
    pages, page = [], keyset.page()
    while True:
        pages.append(page.rows)
        if page.next is None:
            return pages
        page = keyset.page(page.next)


def walked_back(keyset: Keyset, page: KeysetPage) -> list[list[Customer]]:
    pages = [page.rows]
    while page.previous is not None:
        page = keyset.page(page.previous)
        pages.insert(0, page.rows)
    return pages


@pytest.mark.parametrize("name", ["born", "-born", "name", "-name", "branch", "-branch", "held", "-held"])
def test_a_walk_meets_each_row_once_both_ways(crowd: None, name: str) -> None:
    queryset = Customer.objects.select_related("branch") if "branch" in name else Customer.objects.all()
    if "held" in name:
        queryset = queryset.annotate(held=Count("holdings"))
    order = order_named(name, FIELDS, ("pk",))
    assert order is not None
    keyset = Keyset(queryset, order, 170)

    forward = [row.pk for rows in walked(keyset) for row in rows]
    backward = [row.pk for rows in walked_back(keyset, keyset.page(LAST)) for row in rows]

    first = F(order.columns[0])
    directed = first.desc(nulls_last=True) if order.descending else first.asc(nulls_last=True)
    expected = list(queryset.order_by(directed, "-pk" if order.descending else "pk").values_list("pk", flat=True))
    assert len(expected) == ROWS
    assert forward == expected
    assert backward == expected


def test_next_and_then_previous_is_the_same_page(crowd: None) -> None:
    order = order_named("-born", FIELDS, ("pk",))
    assert order is not None
    keyset = Keyset(Customer.objects.all(), order, 50)
    first = keyset.page()
    second = keyset.page(first.next or "")
    assert keyset.page(second.previous or "").rows == first.rows


@pytest.mark.parametrize("name", ["on", "-on"])
def test_a_composite_key_walks_too(db: None, name: str) -> None:
    product = Product.objects.create(code="D", name="Deposit")
    opened = date(2024, 1, 1)
    accounts = Account.objects.bulk_create(
        Account(number=f"{n}", product=product, currency="CNY", opened_on=opened) for n in range(60)
    )
    Balance.objects.bulk_create(
        Balance(account=account, on=opened + timedelta(days=n), amount=Decimal(n))
        for account in accounts
        for n in range(10)
    )
    for queryset in (Balance.objects.all(), Balance.objects.select_related("account")):
        order = order_named(name, {"on": "on"}, ("on", "account_id"))
        assert order is not None
        keyset = Keyset(queryset, order, 37)
        pages = walked(keyset)
        keys = [(row.on, row.account_id) for rows in pages for row in rows]
        assert keys == sorted(keys, reverse=order.descending)
        assert len(set(keys)) == 600
        assert [row.pk for rows in walked_back(keyset, keyset.page(LAST)) for row in rows] == [
            row.pk for rows in pages for row in rows
        ]


def test_an_order_that_is_not_listed_is_none() -> None:
    assert order_named("-password", FIELDS, ("pk",)) is None


def test_a_cursor_of_another_order_is_refused(crowd: None) -> None:
    born, name = (order_named(name, FIELDS, ("pk",)) for name in ("born", "name"))
    assert born and name
    cursor = Keyset(Customer.objects.all(), born, 10).page().next
    with pytest.raises(BadCursor):
        Keyset(Customer.objects.all(), name, 10).page(cursor or "")


def test_the_last_page_skips_no_rows(crowd: None) -> None:
    order = order_named("-name", FIELDS, ("pk",))
    assert order is not None
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rows = Keyset(Customer.objects.all(), order, 50).page(LAST).rows
    assert len(rows) == 50
    assert len(asked) == 1
    assert "OFFSET" not in asked[0]["sql"]
    assert "count(" not in asked[0]["sql"].lower()
