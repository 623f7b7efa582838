"""The environment of manage.py and of the services: secrets made once, servers' URLs, folders."""

import base64
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.base.launch.setup import PYTHON
from crm.base.launch.steps import PROJECT, Progress, Stamp, data_folder, fingerprint, logged, once
from crm.base.servers import borrow
from crm.base.servers.keeper import private_write

NEEDS_NO_SCHEMA = {"", "check", "flush", "help", "makemessages", "makemigrations", "migrate", "restore",
                   "showmigrations", "sqlmigrate", "version", "--help", "--version"}  # fmt: skip


def new_secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "CRM_ENCRYPTION_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "CRM_HASH_KEY": secrets.token_urlsafe(32),
    }


def kept_secrets(folder: Path) -> dict[str, str]:
    """Made once per DATA; what the environment gives comes first."""
    path = folder / "secrets.json"
    if not path.exists():
        private_write(path, json.dumps(new_secrets()))
    kept: dict[str, str] = json.loads(path.read_text())
    return {name: os.environ.get(name) or value for name, value in kept.items()}


@contextmanager
def running(*, fast: bool = False, force_stop: bool = False) -> Iterator[dict[str, str]]:
    """os.environ with servers that answer and everything else that the settings ask for."""
    folder = data_folder()
    with borrow.servers(folder / "servers", fast=fast, force_stop=force_stop) as urls:
        yield {
            "CRM_INSECURE_HTTP": "1",
            "STATIC_ROOT": str(folder / "static"),
            "UPLOADS_ROOT": str(folder / "uploads"),
            **os.environ,
            **kept_secrets(folder),
            **urls,
            "DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "crm.settings",
        }


def manage(*words: str) -> list[str]:
    return [str(PYTHON), str(PROJECT / "manage.py"), *words]


def servers_folder() -> Path:
    return borrow.usable(data_folder() / "servers")


def migrate(progress: Progress, env: dict[str, str]) -> None:
    """Our own database follows the migrations by itself, its stamp beside its data; a given one is asked each time."""
    migrations = [*PROJECT.glob("*/migrations/*.py"), *PROJECT.glob("crm/*/migrations/*.py")]
    stamp = Stamp(servers_folder() / "migrated.stamp", fingerprint(migrations))
    command = [str(PYTHON), "-m", "crm.base.migrating"]
    if borrow.given_urls():
        stamp = Stamp(data_folder() / "given.stamp", fingerprint(migrations))
        stamp.path.unlink(missing_ok=True)
        command = manage("migrate", "--no-input")
    once(progress, "migrating the database", stamp, lambda: logged(command, "migrate", env))
