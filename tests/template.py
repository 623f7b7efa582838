"""A database that every migration has run on, made once for the test databases of all workers and of later runs to be copied from.

Of a whole `migrate` nine tenths are spent in Django's drawing of the models between its steps: most of a short run's time.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2.sql import SQL, Identifier

from crm.base.launch.steps import PROJECT, fingerprint
from crm.base.servers.locks import FileLock

PREFIX = "crm_migrated_"
QUICKLY = ("-m", "crm.base.migrating")
PLAINLY = ("manage.py", "migrate", "--no-input")


def migrated(owner_url: str, folder: Path) -> str:
    """The name of the database. Who comes while another makes it waits; one that was half made is begun again."""
    parts = [*PROJECT.glob("*/migrations/*"), *PROJECT.glob("crm/*/migrations/*")]
    makers = (version("django"), version("django-pgtrigger"))
    name = PREFIX + fingerprint(filter(Path.is_file, parts), *makers)[:16]
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "template.lock")
    lock.own()
    connection = psycopg2.connect(owner_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
            there = {found for (found,) in cursor.fetchall()}
            if name not in there:
                for other in there:
                    cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(other)))
                _make(cursor, name, owner_url)
    finally:
        connection.close()
        lock.close()
    return name


def _make(cursor: "psycopg2.extensions.cursor", name: str, owner_url: str) -> None:
    half = f"{PREFIX}half"
    migrate(cursor, half, owner_url, QUICKLY)
    cursor.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(half), Identifier(name)))


def migrate(cursor: "psycopg2.extensions.cursor", name: str, owner_url: str, command: Sequence[str]) -> str:
    """Makes the database of that name by the command; its URL."""
    cursor.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    url = urlsplit(owner_url)._replace(path=f"/{name}").geturl()
    env = {**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    subprocess.run([sys.executable, *command, "-v0"], env=env, cwd=PROJECT, check=True)
    return url
