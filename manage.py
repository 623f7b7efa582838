#!/usr/bin/env python3
"""Django's command line. Commands that change the schema connect as the owner of the schema."""

import os
import sys

SCHEMA_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "flush", "pgtrigger"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    owner = os.environ.get("DATABASE_OWNER_URL")
    if owner and SCHEMA_COMMANDS & set(sys.argv[1:2]):
        os.environ["DATABASE_URL"] = owner
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
