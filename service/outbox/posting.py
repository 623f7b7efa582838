"""One message to the core over HTTP. Nothing is read from the database, and nothing written."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError

from crm.base.parsing import loaded
from service.outbox.signing import signed

CONNECT, MOST_BYTES, LONGEST = 3, 4096, 300
REFUSED = 422


@dataclass(frozen=True)
class Outcome:
    """`status` is None where no answer came; `said` is the core's reason, or what went wrong. `wait` is the pause it asks for, in seconds."""

    status: int | None
    said: str = ""
    wait: int = 0

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_refused(self) -> bool:
        """The core read it and will never do it."""
        return self.status == REFUSED


def is_connected() -> bool:
    return bool(settings.CRM_CORE_URL and settings.CRM_CORE_SECRETS)


def post(key: str, body: str, *, at: datetime) -> Outcome:
    """However often it is sent, the key is the same; the core may answer twice, or never."""
    sent = body.encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": key} | signed(key, sent, at)
    timeout = urllib3.Timeout(connect=CONNECT, read=settings.CRM_CORE_TIMEOUT)
    try:
        answer = _pool().request(
            "POST", settings.CRM_CORE_URL, body=sent, headers=headers, timeout=timeout, retries=False, redirect=False,
            preload_content=False,
        )  # fmt: skip
        try:
            text = answer.read(MOST_BYTES, decode_content=False) if answer.status == REFUSED else b""
        finally:
            answer.close()
    except (HTTPError, OSError) as error:
        return Outcome(None, type(error).__name__)
    return Outcome(answer.status, _reason(text), _wait(answer.headers.get("Retry-After", "")))


@cache
def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(maxsize=4)


def _reason(text: bytes) -> str:
    try:
        said = loaded(text.decode("utf-8", "replace") or "{}")
    except ValueError:
        return ""
    reason = said.get("reason") if isinstance(said, dict) else None
    if not isinstance(reason, str):
        return ""
    return "".join(letter for letter in " ".join(reason.split()) if letter.isprintable())[:LONGEST]


def _wait(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0
