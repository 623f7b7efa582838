"""L_raw, the anchor of every figure: a bare parallel sum per customer over all balances and all transactions."""

from statistics import median
from time import monotonic

from django.db import connection

SUMS = [
    "SELECT h.customer_id, sum(x.amount) FROM customers_balance x"
    " JOIN customers_accountholder h ON h.account_id = x.account_id GROUP BY h.customer_id",
    "SELECT h.customer_id, sum(x.amount) FROM customers_transaction x"
    " JOIN customers_accountholder h ON h.account_id = x.account_id GROUP BY h.customer_id",
]
PLAIN = [
    "CREATE TEMP TABLE plain_balance AS SELECT * FROM customers_balance",
    "CREATE TEMP TABLE plain_transaction AS SELECT * FROM customers_transaction",
    "ANALYZE plain_balance",
    "ANALYZE plain_transaction",
]
PLAIN_SUMS = [statement.replace("customers_balance x", "plain_balance x") for statement in SUMS]
PLAIN_SUMS = [statement.replace("customers_transaction x", "plain_transaction x") for statement in PLAIN_SUMS]


def _seconds(statements: list[str]) -> float:
    begun = monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 2")
        for statement in statements:
            cursor.execute(f"SELECT count(*) FROM ({statement} OFFSET 0) s")
    return monotonic() - begun


def l_raw(times: int = 3) -> float:
    """Seconds on the product's own tables and indexes: the median of some runs."""
    return median(_seconds(SUMS) for _ in range(times))


def l_plain(times: int = 3) -> float:
    """The same sums over plain, unpartitioned copies of both tables, so that slow tables don't flatter L_raw."""
    with connection.cursor() as cursor:
        for statement in PLAIN:
            cursor.execute(statement)
    return median(_seconds(PLAIN_SUMS) for _ in range(times))
