"""Seals the audit trail: a chain of digests over its rows, and the check that finds the first row that is wrong.

A seal's digest is SHA-256 over the digest before it and its own leaves; a leaf is an event's id and the SHA-256 of its
row in one canonical spelling. The digest of the newest seal, kept outside the database, proves all that is older.

Where a customer is erased, words of theirs are hidden in events that may be sealed already. An event of its own then says
what the leaf of each is from now on: any other change of a sealed row is still found (docs/adr/0110).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import Max

from crm.audit.models import Event, Seal
from crm.audit.services import record

log = structlog.get_logger(__name__)
BATCH = 20_000
PATIENCE = "3s"
ID, LEAF = 8, 40
REDACTED, REDACTED_AT_ONCE = "trail.redacted", 500
GENESIS = "0" * 64
FIELDS = ("at", "kind", "action", "actor_id", "actor_label", "object_type", "object_id", "object_label",
          "customer_id", "request_id", "data")  # fmt: skip


@dataclass(frozen=True)
class Totals:
    events: int
    sealed: int
    seals: int
    digest: str
    redacted: int = 0

    def __str__(self) -> str:
        text = f"{self.events} events, {self.sealed} sealed by {self.seals} seals, newest digest {self.digest}"
        return f"{text}, words hidden in {self.redacted}" if self.redacted else text


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
    before, low, sealed, seals, hidden = GENESIS, 0, 0, 0, _redacted()
    for seal in Seal.objects.order_by("through_id").iterator(chunk_size=50):
        leaves = bytes(seal.leaves)
        if _digest(before, leaves) != seal.digest or seal.events * LEAF != len(leaves):
            raise TrailBroken(f"Seal {seal.pk}, through event {seal.through_id}, is not as it was made.")
        _compare(leaves, _rows(low=low, high=seal.through_id).iterator(chunk_size=5_000), hidden)
        before, low, sealed, seals = seal.digest, seal.through_id, sealed + seal.events, seals + 1
    events = sealed + Event.objects.filter(pk__gt=low).count()
    return Totals(events=events, sealed=sealed, seals=seals, digest=before, redacted=len(hidden))


def note_redacted(keys: Iterable[int], *, by: Any, because: str) -> None:
    """Say, in the trail, what the leaves of these events are now that words in them are hidden."""
    for some in _batched(sorted(keys), REDACTED_AT_ONCE):
        rows = Event.objects.filter(pk__in=some).order_by("pk").values_list("pk", *FIELDS)
        leaves = {str(row[0]): _leaf(row)[ID:].hex() for row in rows}
        record(REDACTED, "audit.event", by=by, leaves=leaves, because=because)


def _redacted() -> dict[int, bytes]:
    """Of each event in which words are hidden, the leaf that it may have instead of the sealed one; the last said counts."""
    found: dict[int, bytes] = {}
    for data in Event.objects.filter(action=REDACTED).order_by("pk").values_list("data", flat=True):
        for key, leaf in data["leaves"].items():
            found[int(key)] = int(key).to_bytes(ID, "big") + bytes.fromhex(leaf)
    return found


def _batched(keys: list[int], size: int) -> Iterator[list[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _compare(leaves: bytes, rows: Iterator[tuple], hidden: dict[int, bytes]) -> None:
    found = next(rows, None)
    for start in range(0, len(leaves), LEAF):
        leaf = leaves[start : start + LEAF]
        number = int.from_bytes(leaf[:ID], "big")
        if found is not None and found[0] < number:
            break
        if found is None or found[0] > number:
            raise TrailBroken(f"Event {number} was deleted.")
        if _leaf(found) != hidden.get(number, leaf):
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
