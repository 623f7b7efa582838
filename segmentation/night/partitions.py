"""How a night is shared out: few and large ranges of customers (docs/adr)."""

from math import ceil

from django.conf import settings
from django.db import connection

BOUNDS = """
SELECT array_agg(low ORDER BY low), max(last) + 1 FROM (
    SELECT min(id) AS low, max(id) AS last
    FROM (SELECT id, ntile(%(shares)s) OVER (ORDER BY id) AS share FROM customers_customer) AS shared
    GROUP BY share
) AS bounds
"""


def ranges() -> list[tuple[int, int]]:
    """Ranges of customer ids, low inclusive and high exclusive, of about CRM_PARTITION_SIZE customers each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM customers_customer")
        count = cursor.fetchone()[0]
        shares = min(max(ceil(count / settings.CRM_PARTITION_SIZE), 1), settings.CRM_MAX_PARTITIONS)
        cursor.execute(BOUNDS, {"shares": shares})
        lows, end = cursor.fetchone()
    if not lows:
        return []
    return list(zip(lows, [*lows[1:], end], strict=True))
