"""Statistics that the planner should not believe."""

from django.db import connection

PAGE = 8192  # bytes of a block of PostgreSQL
DOUBTFUL = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND (
    relpages >= 8 AND reltuples >= 0 AND reltuples < relpages OR reltuples < 0 AND pg_relation_size(oid) > %(page)s
)
"""


def measure_doubtful() -> list[str]:
    """ANALYZE the tables that are said to hold less than a row a page, and those of some pages never measured; their names.

    Autovacuum that came by while an import was under way counted none of its rows. Until it comes again the planner takes
    a table of millions for an empty one, and may compare every row with every row. So it does with a table of which it
    knows nothing: it takes a range of ids for a two-hundredth of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(DOUBTFUL, {"page": PAGE})
        found = [name for (name,) in cursor.fetchall()]
        for name in found:
            cursor.execute(f"ANALYZE {name}")
    return found
