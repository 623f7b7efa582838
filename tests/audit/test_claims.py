"""Under a key something is done once: whoever comes second waits, but not for ever."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from crm.audit import claims
from crm.audit.models import IdempotencyKey
from tests.at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_too_long_for_a_key_is_refused_and_another_key_is_free(monkeypatch) -> None:
    monkeypatch.setattr(claims, "PATIENCE", "200ms")

    def claim(key: str) -> None:
        with transaction.atomic():
            claims.claimed(user_id=1, key=key, body_hash="x", at=timezone.now())

    with transaction.atomic():
        claims.claimed(user_id=1, key="k", body_hash="x", at=timezone.now())
        assert [error.code for error in at_once([lambda: claim("k")])] == ["busy"]
        assert at_once([lambda: claim("other")]) == []


@pytest.mark.django_db
def test_of_what_is_too_old_only_the_key_that_is_claimed_goes() -> None:
    now = timezone.now()
    before = now - claims.KEPT
    for key in ("k", "other"):
        IdempotencyKey.objects.create(user_id=1, key=key, body_hash="x", status=201, created_at=before)
    assert claims.claimed(user_id=1, key="k", body_hash="y", at=now) is None
    assert claims.claimed(user_id=1, key="k", body_hash="y", at=now + timedelta(seconds=1)).body_hash == "y"
    assert IdempotencyKey.objects.get(key="other").created_at == before
