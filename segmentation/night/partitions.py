"""How a night is shared out: few and large ranges of customers (docs/adr)."""

from django.conf import settings

from crm.base.sql import rows_of_text

BOUNDS = """
WITH sized AS MATERIALIZED (
    SELECT least(greatest(ceil(count(*)::numeric / %(size)s), 1), %(most)s)::int AS shares FROM customers_customer
),
shared AS (SELECT id, ntile((SELECT shares FROM sized)) OVER (ORDER BY id) AS share FROM customers_customer),
bounds AS (SELECT min(id) AS low, max(id) + 1 AS over FROM shared GROUP BY share)
SELECT low, lead(low, 1, over) OVER (ORDER BY low) AS high FROM bounds ORDER BY low
"""


def ranges() -> list[tuple[int, int]]:
    """Ranges of customer ids, low inclusive and high exclusive, of about CRM_PARTITION_SIZE customers each."""
    rows = rows_of_text(BOUNDS, size=settings.CRM_PARTITION_SIZE, most=settings.CRM_MAX_PARTITIONS)
    return [(row["low"], row["high"]) for row in rows]
