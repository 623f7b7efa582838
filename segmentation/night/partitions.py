"""How a night is shared out: few and large ranges of customers (docs/adr)."""

from django.conf import settings

from crm.base.sql import rows_of_text

# where ids have few gaps, ranges of ids are ranges of customers; else each gets as many customers as the others
BOUNDS = """
WITH known AS MATERIALIZED (SELECT reltuples::bigint AS about FROM pg_class WHERE oid = 'customers_customer'::regclass AND reltuples > 30000),
sized AS MATERIALIZED (
    SELECT n, least(greatest(ceil(n::numeric / %(size)s), 1), %(most)s)::int AS shares
    FROM (SELECT coalesce((SELECT about FROM known), (SELECT count(*) FROM customers_customer)) AS n) AS counted
),
ends AS MATERIALIZED (SELECT min(id) AS low, max(id) + 1 AS over FROM customers_customer),
dense AS MATERIALIZED (SELECT low, over, shares FROM ends, sized WHERE (SELECT about FROM known) > 0.8 * (over - low)),
shared AS (
    SELECT id, ntile((SELECT shares FROM sized)) OVER (ORDER BY id) AS share FROM customers_customer WHERE NOT EXISTS (SELECT FROM dense)
),
bounds AS (
    SELECT min(id) AS low, max(id) + 1 AS over FROM shared GROUP BY share
    UNION ALL
    SELECT low + (over - low) * n / shares, low + (over - low) * (n + 1) / shares FROM dense, generate_series(0, shares - 1) AS n
)
SELECT low, lead(low, 1, over) OVER (ORDER BY low) AS high FROM bounds ORDER BY low
"""


def ranges() -> list[tuple[int, int]]:
    """Ranges of customer ids, low inclusive and high exclusive, of about CRM_PARTITION_SIZE customers each."""
    rows = rows_of_text(BOUNDS, size=settings.CRM_PARTITION_SIZE, most=settings.CRM_MAX_PARTITIONS)
    return [(row["low"], row["high"]) for row in rows]
