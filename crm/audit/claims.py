"""A key under which something is done once. Its row is written in the transaction of the act: both are there, or neither."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from crm.audit.models import IdempotencyKey
from crm.base.crypto import keyed_hash
from crm.base.errors import RuleBroken
from crm.base.sql import run_text

KEPT = timedelta(hours=24)
PATIENCE = "10s"
LOCK_NOT_AVAILABLE = "55P03"
BUSY = _("The same request is being worked on.")


def hold(*, user_id: int, key: str) -> None:
    """Until the transaction ends nobody else acts under the key. Whose PATIENCE is over is refused."""
    _set_lock_timeout(PATIENCE)
    try:
        run_text("SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 0))", name=f"{user_id} {key}")
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == LOCK_NOT_AVAILABLE:
            raise RuleBroken(BUSY, code="busy") from error
        raise
    _set_lock_timeout("0")


def claimed(*, user_id: int, key: str, body_hash: str, at: datetime) -> IdempotencyKey | None:
    """A new row for the key, which is held; None where there is one already that is not too old `at` that moment."""
    hold(user_id=user_id, key=key)
    rows = IdempotencyKey.objects.filter(user_id=user_id, key=key)
    rows.filter(created_at__lt=at - KEPT).delete()
    row = IdempotencyKey(user_id=user_id, key=key, body_hash=body_hash, created_at=at)
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    return rows.filter(status=None).first()


def _set_lock_timeout(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [text])


def hash_of(pairs: Iterable[tuple[str, list[Any]]], *, of: str = "") -> str:
    """Of names and their values; a file counts by its content. It is keyed: contact data can't be guessed from it."""
    digest = hashlib.sha256(of.encode())
    for name, values in sorted(pairs):
        for value in values:
            digest.update(f"\n{name}=".encode())
            if isinstance(value, UploadedFile):
                for chunk in value.chunks():
                    digest.update(chunk)
                value.seek(0)
            else:
                digest.update(json.dumps(value, sort_keys=True).encode())
    return keyed_hash(digest.hexdigest()).hex()
