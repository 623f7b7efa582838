"""The outbox of the waiver ledger: entries leave for the bank's core exactly once, and its answers come back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.base.sql import run_sql
from segmentation.answers import amount
from segmentation.models import Posting, PostingBatch, WaiverEntry

SQL = Path(__file__).parent / "sql"
State = Posting.State
FILE = ("entry", "account", "charge", "amount", "currency", "value_date")
MAX_REASON, DIGITS, MOST = 300, 18, 50_000


@dataclass(frozen=True)
class Answer:
    """What the core says of an entry, typed; `row` is where it stood."""

    row: int
    entry: int
    state: str
    posted_on: date | None
    reason: str


@dataclass
class Answered:
    """rows = accepted + rejected; unchanged are among the accepted. `errors` are (row, sentence)."""

    accepted: int = 0
    unchanged: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len(self.errors)


def waiting() -> int:
    """Entries that were not sent yet."""
    newest, last = _ends()
    return newest - last


def _ends() -> tuple[int, int]:
    """The number of the newest entry, and of the last one that was sent."""
    newest = WaiverEntry.objects.aggregate(newest=Max("number"))["newest"] or 0
    return newest, Posting.objects.aggregate(last=Max("entry"))["last"] or 0


@transaction.atomic
def send(*, value_date: date, by: Any) -> PostingBatch:
    """Put all entries that were never sent into a batch. Raises RuleBroken where there are none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('waiver ledger'))")
    newest, last = _ends()
    if newest == last:
        raise RuleBroken(_("Every entry of the ledger has been sent."))
    batch = PostingBatch.objects.create(value_date=value_date, sent_by=by if hasattr(by, "pk") else None)
    run_sql(SQL / "sent.sql", batch=batch.pk, last=last, newest=newest)
    _moved()
    audit.record("waiver_postings.sent", batch, by=by, entries=newest - last, first=last + 1, last=newest)
    return batch


def rows_of(batch: PostingBatch) -> Iterator[dict[str, str]]:
    """The posting file: what is to be refunded, a reversal being negative."""
    sent = WaiverEntry.objects.filter(posting__batch=batch).exclude(posting__state=State.SETTLED)
    entries = sent.order_by("number")
    for row in entries.values("number", "account__number", "charge__number", "waived", "currency").iterator(5_000):
        yield {
            "entry": str(row["number"]),
            "account": row["account__number"],
            "charge": row["charge__number"],
            "amount": amount(row["waived"], row["currency"]),
            "currency": row["currency"],
            "value_date": str(batch.value_date),
        }


@transaction.atomic
def answer(*, rows: Iterable[dict[str, Any]], by: Any) -> Answered:
    """Keep what the core says, row by row; a wrong row is told and the others are kept. An answer is given once."""
    said, result = [], Answered()
    seen: set[int] = set()
    for number, row in enumerate(rows, start=1):
        try:
            found = _typed(row, number)
            if found.entry in seen:
                raise ValueError(_("Entry %(entry)s stands here twice.") % {"entry": found.entry})
            seen.add(found.entry)
            said.append(found)
        except ValueError as error:
            result.errors.append((number, str(error)))
    fresh = list(_fresh(said, result))
    run_sql(
        SQL / "answered.sql",
        entries=[each.entry for each in fresh],
        states=[each.state for each in fresh],
        days=[each.posted_on for each in fresh],
        reasons=[each.reason for each in fresh],
    )
    result.accepted += len(fresh)
    result.errors.sort()
    refused = sum(each.state == State.REFUSED for each in fresh)
    if refused:
        _moved()
    audit.record("waiver_postings.answered", "waivers", by=by, posted=len(fresh) - refused, refused=refused)
    return result


def _fresh(said: list[Answer], result: Answered) -> Iterator[Answer]:
    """The answers to what is open; what was said before is unchanged, anything else an error."""
    rows = Posting.objects.select_for_update(no_key=True).filter(pk__in=[each.entry for each in said]).order_by("pk")
    known = {posting.pk: posting for posting in rows}
    for each in said:
        posting = known.get(each.entry)
        if posting is None:
            result.errors.append((each.row, _("Entry %(entry)s was never sent.") % {"entry": each.entry}))
        elif posting.state == State.OPEN:
            yield each
        elif (posting.state, posting.posted_on, posting.reason) == (each.state, each.posted_on, each.reason):
            result.accepted += 1
            result.unchanged += 1
        else:
            words = {"entry": each.entry, "state": posting.get_state_display()}
            result.errors.append((each.row, _("Entry %(entry)s is answered already: %(state)s.") % words))


def _typed(row: Any, number: int) -> Answer:
    """Raises ValueError with a sentence."""
    if not isinstance(row, dict):
        raise ValueError(_("a JSON object belongs here."))
    entry, state = str(row.get("entry") or ""), row.get("state")
    if not (entry.isascii() and entry.isdecimal() and len(entry) <= DIGITS):
        raise ValueError(_("The number of an entry belongs in “entry”."))
    if state not in (State.POSTED, State.REFUSED):
        raise ValueError(_("“state” is posted or refused."))
    reason = row.get("reason") or ""
    if state == State.REFUSED and not (
        isinstance(reason, str) and reason.isprintable() and 1 <= len(reason.strip()) <= MAX_REASON
    ):
        raise ValueError(_("A refusal needs a reason of at most %(most)s characters.") % {"most": MAX_REASON})
    day = _day(row.get("posted_on")) if state == State.POSTED else None
    return Answer(number, int(entry), str(state), day, reason.strip() if state == State.REFUSED else "")


def _day(written: Any) -> date:
    try:
        found = parse_date(written) if isinstance(written, str) and len(written) == 10 else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError(_('The day of posting belongs in “posted_on”, such as "1994-03-31".'))
    return found


def _moved() -> None:
    """Upper apps follow what became of the entries, in this transaction. Slot "postings.moved": callables of `as_of`."""
    now = timezone.now()
    for follow in contributions("postings.moved"):
        follow(as_of=now)
