"""Answers a repeated POST instead of doing it again."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from crm.audit.models import IdempotencyKey
from crm.base.errors import RuleBroken
from crm.base.problems import Busy, Unprocessable, handle

KEPT = timedelta(hours=24)
KEPT_HEADERS = ("Location", "ETag", "Link")
LONGEST = IdempotencyKey._meta.get_field("key").max_length or 128
LOCK_NOT_AVAILABLE = "55P03"


def answer_once(request: Request, *args: Any, handler: Callable[..., Response], **kwargs: Any) -> Response:
    """Same user, key and body: the same answer. Another body: 422. While the first is at work, the second waits.

    The key's row is written in the transaction of the act, so that both are there or neither. A second request with
    the key stops at the unique index until the first has ended; after ten seconds it gets 409.
    """
    key, user_id = str(request.headers["Idempotency-Key"]), int(request.user.pk or 0)
    if not 0 < len(key) <= LONGEST:
        raise Unprocessable(_("An Idempotency-Key has 1 to 128 characters."))
    body_hash = _hash_of(request)
    try:
        with transaction.atomic():
            row = _claimed(user_id=user_id, key=key, body_hash=body_hash)
            if row is None:
                return _repeated(user_id=user_id, key=key, body_hash=body_hash)
            response = _done(request, handler, *args, **kwargs)
            _remember(row, response)
            return response
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == LOCK_NOT_AVAILABLE:
            raise Busy from error
        raise


def _claimed(*, user_id: int, key: str, body_hash: str) -> IdempotencyKey | None:
    """A new row for the key; None where there is one already."""
    now = timezone.now()
    mine = IdempotencyKey.objects.filter(user_id=user_id)
    mine.filter(created_at__lt=now - KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', '10s', true)")
    row = IdempotencyKey(user_id=user_id, key=key, body_hash=body_hash, created_at=now)
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")
    return mine.filter(key=key, status=None).first()


def _repeated(*, user_id: int, key: str, body_hash: str) -> Response:
    row = IdempotencyKey.objects.get(user_id=user_id, key=key)
    if row.body_hash != body_hash:
        raise Unprocessable(_("This Idempotency-Key came with another request before."))
    kept: dict[str, Any] = row.answer or {}
    return Response(kept["body"], status=row.status, headers=kept["headers"], content_type=kept["content_type"])


def _done(request: Request, handler: Callable[..., Response], *args: Any, **kwargs: Any) -> Response:
    """The answer, a refusal too; what a refused act wrote is undone, the key stays."""
    try:
        with transaction.atomic():
            return handler(request, *args, **kwargs)
    except (APIException, RuleBroken) as error:
        answer = handle(error, {"request": request})
        assert answer is not None
        return answer


def _remember(row: IdempotencyKey, response: Response) -> None:
    """Fields that the response `forgets` are null when it is given again."""
    row.status = response.status_code
    row.answer = {
        "body": json.loads(JSONRenderer().render(response.data)) | dict.fromkeys(getattr(response, "forgets", ())),
        "headers": {name: response[name] for name in KEPT_HEADERS if name in response},
        "content_type": response.content_type,
    }
    row.save(update_fields=["status", "answer"])


def _hash_of(request: Request) -> str:
    """Of method, address and body; a file counts by its content, whatever the parts' boundary is."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    data = request.data
    pairs = data.lists() if hasattr(data, "lists") else [("", [data])]
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
