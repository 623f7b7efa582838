"""Seals the audit trail: a chain of digests over its rows, and the check that finds the first row that is wrong.

A seal's digest is SHA-256 over the digest before it and its own leaves; a leaf is an event's id and the SHA-256 of its
row in one canonical spelling. The digest of the newest seal, kept outside the database, proves all that is older.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import Max

from crm.audit.models import Event, Seal

log = structlog.get_logger(__name__)
BATCH = 20_000
PATIENCE = "3s"
ID, LEAF = 8, 40
GENESIS = "0" * 64
FIELDS = ("at", "kind", "action", "actor_id", "actor_label", "object_type", "object_id", "object_label",
          "customer_id", "request_id", "data")  # fmt: skip


@dataclass(frozen=True)
class Totals:
    events: int
    sealed: int
    seals: int
    digest: str

    def __str__(self) -> str:
        return f"{self.events} events, {self.sealed} sealed by {self.seals} seals, newest digest {self.digest}"


class TrailBroken(Exception):
    """The first row that is not as it was sealed, in a sentence."""


def seal_events(*, at: datetime) -> int:
    """Seal every event there is; the number sealed. Called twice, the second finds nothing to do."""
    sealed, through = 0, _settled()
    while batch := _seal_batch(through=through, at=at):
        sealed += batch
    return sealed


def _settled() -> int:
    """The highest id, once all who were writing events have committed: no lower id can appear afterwards.

    Writers wait meanwhile, so a transaction that takes long is not waited for: 0, and the next call seals.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'; LOCK TABLE audit_event IN SHARE MODE")
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            return Event.objects.aggregate(last=Max("pk"))["last"] or 0
    except OperationalError:
        log.warning("audit.seal_put_off")
        return 0


@transaction.atomic
def _seal_batch(*, through: int, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE audit_seal IN SHARE ROW EXCLUSIVE MODE")
    last = Seal.objects.order_by("-through_id").only("through_id", "digest").first()
    low = last.through_id if last else 0
    rows = list(_rows(low=low, high=through)[:BATCH])
    if not rows:
        return 0
    leaves = b"".join(_leaf(row) for row in rows)
    Seal.objects.create(
        through_id=rows[-1][0],
        events=len(rows),
        leaves=leaves,
        digest=_digest(last.digest if last else GENESIS, leaves),
        sealed_at=at,
    )
    return len(rows)


def verify() -> Totals:
    """Check every seal and every sealed event; raises TrailBroken at the first that is wrong."""
    before, low, sealed, seals = GENESIS, 0, 0, 0
    for seal in Seal.objects.order_by("through_id").iterator(chunk_size=50):
        leaves = bytes(seal.leaves)
        if _digest(before, leaves) != seal.digest or seal.events * LEAF != len(leaves):
            raise TrailBroken(f"Seal {seal.pk}, through event {seal.through_id}, is not as it was made.")
        _compare(leaves, _rows(low=low, high=seal.through_id).iterator(chunk_size=5_000))
        before, low, sealed, seals = seal.digest, seal.through_id, sealed + seal.events, seals + 1
    return Totals(events=sealed + Event.objects.filter(pk__gt=low).count(), sealed=sealed, seals=seals, digest=before)


def _compare(leaves: bytes, rows: Iterator[tuple]) -> None:
    found = next(rows, None)
    for start in range(0, len(leaves), LEAF):
        leaf = leaves[start : start + LEAF]
        number = int.from_bytes(leaf[:ID], "big")
        if found is not None and found[0] < number:
            break
        if found is None or found[0] > number:
            raise TrailBroken(f"Event {number} was deleted.")
        if _leaf(found) != leaf:
            raise TrailBroken(f"Event {number} was changed.")
        found = next(rows, None)
    if found is not None:
        raise TrailBroken(f"Event {found[0]} was inserted after its time was sealed.")


def _rows(*, low: int, high: int):
    return Event.objects.filter(pk__gt=low, pk__lte=high).order_by("pk").values_list("pk", *FIELDS)


def _leaf(row: tuple) -> bytes:
    number, at, *rest = row
    words = json.dumps([number, at.astimezone(UTC).isoformat(), *rest], sort_keys=True, separators=(",", ":"))
    return number.to_bytes(ID, "big") + hashlib.sha256(words.encode()).digest()


def _digest(before: str, leaves: bytes) -> str:
    return hashlib.sha256(bytes.fromhex(before) + leaves).hexdigest()
