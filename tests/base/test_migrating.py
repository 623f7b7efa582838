import os

import psycopg2
import pytest
from psycopg2.sql import SQL, Identifier

from tests.template import PLAINLY, QUICKLY, migrate

# everything by name: numbers of objects differ from database to database
SCHEMA = """
WITH ours AS (
    SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'
)
SELECT 'relation', relname, concat_ws(' ', relkind, relpersistence, relacl::text, reloptions::text, relrowsecurity,
                                      pg_get_viewdef(oid), pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid))
FROM ours WHERE relkind <> 'i'
UNION ALL
SELECT 'column', c.relname || '.' || a.attname,
       concat_ws(' ', a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                 a.attcollation::regcollation::text, pg_get_expr(d.adbin, d.adrelid))
FROM ours c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
UNION ALL
SELECT 'constraint', r.conname, concat_ws(' ', r.conrelid::regclass::text, pg_get_constraintdef(r.oid), r.condeferred)
FROM pg_constraint r JOIN ours c ON c.oid = r.conrelid
UNION ALL
SELECT 'index', c.relname, pg_get_indexdef(c.oid) FROM ours c WHERE c.relkind = 'i'
UNION ALL
SELECT 'trigger', t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid))
FROM pg_trigger t JOIN ours c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'function', p.proname, concat_ws(' ', pg_get_functiondef(p.oid), p.proacl::text)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND p.prokind IN ('f', 'p') AND NOT EXISTS (
    SELECT FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')
UNION ALL
SELECT 'migration', app || '.' || name, '' FROM django_migrations
UNION ALL
SELECT 'permission', codename, name FROM auth_permission
ORDER BY 1, 2, 3
"""


@pytest.mark.drill
def test_the_quick_migration_leaves_what_the_plain_command_leaves() -> None:
    owner = os.environ["DATABASE_URL"]
    connection = psycopg2.connect(owner)
    connection.autocommit = True
    found = []
    with connection.cursor() as cursor:
        for name, command in (("crm_plain", PLAINLY), ("crm_quick", QUICKLY)):
            cursor.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
            made = psycopg2.connect(migrate(cursor, name, owner, command))
            with made.cursor() as asked:
                asked.execute(SCHEMA)
                found.append(asked.fetchall())
            made.close()
            cursor.execute(SQL("DROP DATABASE {}").format(Identifier(name)))
    connection.close()
    plain, quick = found
    assert len(plain) > 5000
    assert [row for row in quick if row not in set(plain)] == []
    assert quick == plain
