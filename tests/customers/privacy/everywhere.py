"""Every column of the database that can hold a text or a date, and where a word stands in it."""

from collections.abc import Iterator

from django.db import connection

COLUMNS = """
SELECT c.table_name, c.column_name
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
  AND (c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'date') OR c.udt_name IN ('_text', '_varchar'))
ORDER BY 1, 2
"""


def columns() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found: list[tuple[str, str]] = cursor.fetchall()
        return found


def places_of(*words: str) -> Iterator[tuple[str, str, str]]:
    """(table, column, text) of each text in which one of the words stands."""
    with connection.cursor() as cursor:
        for table, column in columns():
            sql = f'SELECT "{column}"::text FROM "{table}" WHERE "{column}"::text ILIKE ANY (%s) LIMIT 3'
            cursor.execute(sql, [[f"%{word}%" for word in words]])
            for (text,) in cursor.fetchall():
                yield table, column, text
