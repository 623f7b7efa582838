"""A key under which something is done once. Its row is written in the transaction of the act: both are there, or neither."""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.audit.models import IdempotencyKey
from crm.base.errors import RuleBroken

KEPT = timedelta(hours=24)
LOCK_NOT_AVAILABLE = "55P03"
BUSY = _("The same request is being worked on.")


def claimed(*, user_id: int, key: str, body_hash: str) -> IdempotencyKey | None:
    """A new row for the key; None where there is one already.

    A second one with the key stops at the unique index until the first has ended; after ten seconds it is refused.
    """
    now = timezone.now()
    mine = IdempotencyKey.objects.filter(user_id=user_id)
    mine.filter(created_at__lt=now - KEPT).delete()
    row = IdempotencyKey(user_id=user_id, key=key, body_hash=body_hash, created_at=now)
    _set_lock_timeout("10s")
    try:
        IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == LOCK_NOT_AVAILABLE:
            raise RuleBroken(BUSY, code="busy") from error
        raise
    _set_lock_timeout("0")
    return mine.filter(key=key, status=None).first()


def _set_lock_timeout(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [text])


def hash_of(pairs: Iterable[tuple[str, list[Any]]], *, of: str = "") -> str:
    """Of names and their values; a file counts by its content."""
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
    return digest.hexdigest()
