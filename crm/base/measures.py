"""Statistics that the planner should not believe."""

from django.db import connection

DOUBTFUL = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relpages >= 8 AND reltuples >= 0 AND reltuples < relpages
"""


def measure_doubtful() -> list[str]:
    """ANALYZE the tables that are said to hold less than a row a page; their names.

    Autovacuum that came by while an import was under way counted none of its rows. Until it comes again the planner takes
    a table of millions for an empty one, and may compare every row with every row.
    """
    with connection.cursor() as cursor:
        cursor.execute(DOUBTFUL)
        found = [name for (name,) in cursor.fetchall()]
        for name in found:
            cursor.execute(f"ANALYZE {name}")
    return found
