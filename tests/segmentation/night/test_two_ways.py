"""The figures that are summed straight are those that are summed account by account."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.jobs.models import Partition
from customers.models import Customer, ExchangeRate
from segmentation.night import facts
from segmentation.night.context import Night
from tests.factories import AccountFactory, AccountHolderFactory, CustomerFactory, ProductFactory
from tests.segmentation.night.bank import deposit

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 20)
DAY = FIRST + timedelta(days=25)
DAYS = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
AMOUNTS = st.decimals("-500", "900000", places=2, allow_nan=False)
SHARES = st.sampled_from(["1", "0.5", "0.3333"])
FAMILIES = ("deposit", "fund", "loan", "mortgage")
accounts = st.fixed_dictionaries(
    {
        "balances": st.dictionaries(DAYS, AMOUNTS, max_size=4),
        "opened_on": DAYS,
        "stays": st.none() | st.integers(0, 30),
        "family": st.sampled_from(FAMILIES),
        "currency": st.sampled_from(["CNY", "CNY", "CNY", "USD"]),
        "share": SHARES,
    }
)
banks = st.lists(st.lists(accounts, max_size=3), min_size=1, max_size=3)


def figures(is_past: bool) -> list[tuple]:
    """What a night sums for everybody, one way or the other."""
    low, high = Customer.objects.order_by("pk").first(), Customer.objects.order_by("pk").last()
    run = SimpleNamespace(pk=None)
    night = Night(
        run=run,  # type: ignore[arg-type]
        day=DAY,
        slot=0,
        closed=True,
        is_past=is_past,
        newest_policy=0,
        newest_override=0,
        overrides_at="",
        late=frozenset(),
        stale=frozenset(),
        ladders=(),
    )
    facts.compute(night, Partition(low=low.pk, high=high.pk + 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM night_figures ORDER BY customer_id")
        special = [column.name for column in cursor.description].index("is_special")
        return [row[:special] for row in cursor.fetchall()]


def fill(bank: list[list[dict]]) -> None:
    products = {family: ProductFactory(code=family, family=family, coefficient="0.8") for family in FAMILIES}
    days = ((FIRST + timedelta(days=n), Decimal(7) + Decimal(n) / 97) for n in range(50))
    ExchangeRate.objects.bulk_create(ExchangeRate(on=on, rate=rate, currency="USD") for on, rate in days)
    for held in bank:
        someone = CustomerFactory()
        for one in held:
            closed_on = None if one["stays"] is None else one["opened_on"] + timedelta(days=one["stays"] + 1)
            account = AccountFactory(
                product=products[one["family"]],
                currency=one["currency"],
                opened_on=one["opened_on"],
                closed_on=closed_on,
            )
            AccountHolderFactory(account=account, customer=someone, share=one["share"])
            deposit(account, one["balances"])


@given(bank=banks)
def test_both_ways_sum_the_same(bank):
    with transaction.atomic():
        fill(bank)

        straight, one_by_one = figures(is_past=False), figures(is_past=True)

        assert len(straight) == len(bank)
        assert straight == one_by_one
        transaction.set_rollback(True)
