"""Answers a repeated POST instead of doing it again."""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from crm.audit.claims import claimed, hash_of
from crm.audit.models import IdempotencyKey
from crm.base.errors import RuleBroken
from crm.base.problems import Unprocessable, handle

KEPT_HEADERS = ("Location", "ETag", "Link")
LONGEST = IdempotencyKey._meta.get_field("key").max_length or 128


def answer_once(request: Request, *args: Any, handler: Callable[..., Response], **kwargs: Any) -> Response:
    """Same user, key and body: the same answer. Another body: 422. While the first is at work, the second waits."""
    key, user_id = str(request.headers["Idempotency-Key"]), int(request.user.pk or 0)
    if not 0 < len(key) <= LONGEST:
        raise Unprocessable(_("An Idempotency-Key has 1 to 128 characters."))
    body_hash = _hash_of(request)
    with transaction.atomic():
        row = claimed(user_id=user_id, key=key, body_hash=body_hash, at=timezone.now())
        if row is None:
            return _repeated(user_id=user_id, key=key, body_hash=body_hash)
        response = _done(request, handler, *args, **kwargs)
        _remember(row, response)
        return response


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
    """Of method, address and body, whatever the parts' boundary is."""
    data = request.data
    pairs = data.lists() if hasattr(data, "lists") else [("", [data])]
    return hash_of(pairs, of=f"{request.method} {request.get_full_path()}\n")
