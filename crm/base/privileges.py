"""What the serving role may do. Run after every migrate, by the owner of the schema."""

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import connection

FORBIDDEN = pgtrigger.Update | pgtrigger.Delete


def append_only_tables() -> list[str]:
    """Tables whose rows never change: those that a `Protect` trigger guards against update and delete."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
        if isinstance(trigger, pgtrigger.Protect) and str(trigger.operation) == str(FORBIDDEN)
    )


def grant(**kwargs) -> None:
    """The serving role reads and writes; ledgers, audit and published versions it only appends to."""
    role = connection.ops.quote_name(settings.APP_DATABASE_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APP_DATABASE_ROLE])
        if cursor.fetchone() is None:
            return
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in append_only_tables():
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
