"""The one moment at which a night becomes what everybody sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from crm.base.money import rounded
from crm.base.sql import rows_of, run_sql
from crm.jobs.models import Run
from customers import changes
from segmentation.models import Published, StagedWaiver, TierDecision, WaiverEntry
from segmentation.night import fees_due, months
from segmentation.night.context import SQL, Night
from segmentation.night.ladders import Ladder
from segmentation.segments import memberships
from segmentation.standards.night import move_cards
from segmentation.value import late

SMALLEST_TIER_WITH_BREAKER = 200


class OutOfBalance(Exception):
    """What the night would write does not add up; nothing is published."""


@dataclass(frozen=True)
class Verdict:
    status: str
    message: str
    result: dict


@dataclass(frozen=True)
class Excess:
    """More customers of a tier would move in one direction than `limit` percent of its `members`."""

    tier: str
    name: str
    direction: str
    moves: int
    members: int
    limit: Decimal

    @property
    def share(self) -> Decimal:
        """In percent, with two decimals, for people."""
        return round(Decimal(self.moves) * 100 / self.members, 2)

    def __str__(self) -> str:
        return _("%(moves)s of %(members)s customers would move %(direction)s from %(tier)s: over %(limit)s %%.") % {
            "moves": self.moves,
            "members": self.members,
            "direction": self.direction,
            "tier": self.tier,
            "limit": self.limit,
        }


def breaker(night: Night) -> list[Excess]:
    """Why this night must wait for a person, the largest share first; empty where it need not."""
    found = [
        excess
        for ladder in night.ladders
        if ladder.scheme.has_breaker and not _is_first_night(night, ladder.version.pk)
        for excess in _excesses(night, ladder)
    ]
    return sorted(found, key=lambda excess: -excess.moves / excess.members)


def _excesses(night: Night, ladder: Ladder) -> Iterator[Excess]:
    for row in rows_of(SQL / "moves.sql", version=ladder.version.pk, **night.parameters()):
        limit = ladder.scheme.max_moves_percent(row["code"], row["outcome"])
        share = Decimal(row["moves"]) * 100 / max(row["members"], 1)
        if limit is not None and row["members"] >= SMALLEST_TIER_WITH_BREAKER and share > limit:
            yield Excess(row["code"], row["name"], row["outcome"], row["moves"], row["members"], limit)


def _is_first_night(night: Night, version_id: int) -> bool:
    earlier = TierDecision.objects.filter(scheme_version_id=version_id, business_date__lt=night.day).published()
    return not earlier.exclude(outcome=TierDecision.Outcome.PLACED).exists()


def publish(night: Night) -> Verdict:
    """Periods, ledger and pointer in the caller's transaction; raises OutOfBalance, and then nothing has changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('waiver ledger'))")
    _open_periods(night)
    move_cards(night)
    memberships.write(night)
    _write_ledger(night)
    months.publish(night)
    late.write(night)
    moment = {"business_date": night.day, "slot": night.slot, "run": night.run}
    if not Published.objects.filter(pk=1).update(**moment):
        Published.objects.create(pk=1, **moment)
    changes.forget(through=night.taking)
    return _verdict(night)


def _open_periods(night: Night) -> None:
    parameters = night.parameters()
    run_sql(SQL / "periods_ended.sql", **parameters)
    if TierDecision.objects.filter(run=night.run, business_date=night.day).exists():
        run_sql(SQL / "periods_closed.sql", **parameters)
        run_sql(SQL / "periods_watched.sql", **parameters)
        run_sql(SQL / "periods_opened.sql", **parameters)
        fees_due.write(night)


def _write_ledger(night: Night) -> None:
    parameters = night.parameters()
    staged = StagedWaiver.objects.filter(run=night.run)
    run_sql(SQL / "staged_within.sql", **parameters)
    if count := staged.count():
        run_sql(SQL / "ledger.sql", **parameters)
        if run_sql(SQL / "charges_taken.sql", **parameters) != count:
            raise OutOfBalance(_("The charges taken are not the charges staged."))
        _reconcile(night)
        staged.delete()


def _reconcile(night: Night) -> None:
    """The night's entries equal what was staged, to the cent."""
    wrote = WaiverEntry.objects.filter(run=night.run).aggregate(total=Sum("waived"))["total"] or 0
    staged = StagedWaiver.objects.filter(run=night.run).aggregate(total=Sum("waived"))["total"] or 0
    if wrote != staged:
        raise OutOfBalance(_("Written %(wrote)s, staged %(staged)s.") % {"wrote": wrote, "staged": staged})


def _verdict(night: Night) -> Verdict:
    (found,) = rows_of(SQL / "verdict.sql", **night.parameters())
    waived = found["currencies"] or [], found["waived"] or []
    status, message = Run.Status.COMPLETED, ""
    if not night.closed:
        status, message = Run.Status.HELD, _("The balance feed is not closed: no tier falls.")
    elif found["errors"]:
        status = Run.Status.COMPLETED_WITH_ERRORS
        message = _("%(n)s customers could not be done.") % {"n": found["left_out"]}
        if not found["left_out"]:
            text = _("The rules of %(n)s segments can't be read any more: their members stay.")
            message = text % {"n": found["errors"]}
    return Verdict(
        status=status,
        message=message,
        result={
            "customers": found["customers"],
            "tier_moves": found["moved"],
            "waiver_entries": found["entries"],
            "waived": {each: str(rounded(sum, each)) for each, sum in zip(*waived, strict=True)},
            "errors": found["errors"],
            "held": found["held"],
        },
    )
