"""Signatures of what the bank and its core tell each other, as Standard Webhooks has them: HMAC-SHA-256 over id, time and body."""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

ID, TIME, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
# so far may the clocks of both be apart; what is older may be somebody's copy
APART = timedelta(minutes=5)


def signed(key: str, body: bytes, at: datetime) -> dict[str, str]:
    """The headers of a message, by the first of the secrets."""
    stamp = str(int(at.timestamp()))
    return {ID: key, TIME: stamp, SIGNATURE: _signature(settings.CRM_CORE_SECRETS[0], key, stamp, body)}


def is_signed(headers: Mapping[str, str], body: bytes, at: datetime) -> bool:
    """By any of the secrets, so that they can be changed one after the other, and just now."""
    key, stamp, given = (headers.get(name, "") for name in (ID, TIME, SIGNATURE))
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
        return False
    is_now = abs(int(stamp) - at.timestamp()) <= APART.total_seconds()
    right = [_signature(secret, key, stamp, body) for secret in settings.CRM_CORE_SECRETS]
    found = [hmac.compare_digest(one.encode(), each.encode()) for one in given.split(" ") for each in right]
    return is_now and any(found)


def _signature(secret: str, key: str, stamp: str, body: bytes) -> str:
    told = f"{key}.{stamp}.".encode() + body
    return f"v1,{b64encode(hmac.digest(secret.encode(), told, 'sha256')).decode()}"
