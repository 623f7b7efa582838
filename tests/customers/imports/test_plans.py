"""An import looks its rows up by index, whatever the statistics say of a table that grows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from crm.base.measures import measure_doubtful

FILES = {
    "balances": ("account,date,balance", "{account},{day},{n}", ["customers_balance"]),
    "transactions": (
        "id,account,date,amount",
        "T{account}{n},{account},{day},1",
        ["customers_transaction", "customers_transactionnumber"],
    ),
}
LOOKED_UP = ("TABLE import_effect", "TABLE import_known")


def lines(kind: str) -> list[str]:
    head, row, _tables = FILES[kind]
    days = [(n, date(2020, 1, 1) + timedelta(days=n)) for n in range(1000)]
    return [head, *(row.format(account=account, day=day, n=n) for account in ("A1", "A2") for n, day in days)]


def analyze(tables: list[str], patience: str = "10s") -> None:
    """From another connection, as autovacuum does."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [patience])
            for table in tables:
                cursor.execute(f"ANALYZE {table}")
    finally:
        other.close()


@pytest.fixture
def _months(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT customers_ensure_months('2020-01-01', '2022-12-31')")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", FILES)
def test_nobody_measures_a_table_while_it_is_being_filled(bring, accounts, _months, kind):
    with transaction.atomic():
        bring(kind, *lines(kind))
        with pytest.raises(OperationalError, match="lock timeout"):
            analyze(FILES[kind][2][:1], patience="100ms")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", FILES)
def test_a_table_that_was_called_empty_is_looked_up_by_index(bring, accounts, _months, kind):
    with transaction.atomic():
        bring(kind, *lines(kind))
        transaction.set_rollback(True)
    analyze(FILES[kind][2])
    with transaction.atomic():
        assert set(FILES[kind][2][-1:]) <= set(measure_doubtful())
        transaction.set_rollback(True)
    bring(kind, *lines(kind))
    plans = []

    def explained(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if any(made in sql for made in LOOKED_UP):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                plans.append("\n".join(row for (row,) in cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        again = bring(kind, *lines(kind))

    assert (again.unchanged, len(plans)) == (2000, len(FILES[kind][2]))
    assert not {*FILES[kind][2]} & {*measure_doubtful()}
    assert all("Nested Loop" in plan and "Join Filter" not in plan for plan in plans), plans
