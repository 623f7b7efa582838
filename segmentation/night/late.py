"""Figures that cost a reading of their own, the quarter's and the household's: only while a scheme looks at them."""

from collections.abc import Set
from datetime import date

from crm.base.sql import run_sql, run_text, text_of
from crm.jobs.models import Partition
from segmentation.night.context import FACTS, HOUSEHOLD, QUARTER, SQL, Night


def add(night: Night, partition: Partition) -> int:
    """Completes the facts of the partition; the number of rows written."""
    written = reckon(night, partition, night.late)
    if night.stale:
        written += _clear(night, partition)
    if night.late and night.is_month_end:
        run_sql(SQL / "late_month.sql", **night.parameters(partition))
    return written


def reckon(night: Night, partition: Partition, names: Set[str], *, facts: str = FACTS) -> int:
    """Writes the named figures into a table of facts."""
    written = 0
    if names & set(QUARTER):
        written += _reckon(night, partition, "quarter", quarter_of(night.day), facts)
    if names & set(HOUSEHOLD):
        written += _reckon(night, partition, "household", night.month, facts)
    return written


def _reckon(night: Night, partition: Partition, what: str, since: date, facts: str) -> int:
    """Reads the roll-ups of the span, raw rows where accounts opened, closed or went on, and days in other currencies."""
    parameters = night.parameters(partition) | {"since": since, "span": (night.day - since).days + 1}
    run_text("DROP TABLE IF EXISTS night_span")
    run_text(text_of(SQL / "span.sql").format(asked=text_of(SQL / f"span_{what}.sql")), **parameters)
    run_sql(SQL / "span_uneven.sql", **parameters)
    run_sql(SQL / "span_foreign.sql", **parameters)
    return run_text(text_of(SQL / f"late_{what}.sql").format(facts=facts), **parameters)


def _clear(night: Night, partition: Partition) -> int:
    """No scheme looks at these any more: what an earlier night left must not be read as of today."""
    names = sorted(night.stale)
    text = text_of(SQL / "late_cleared.sql").format(
        nothing=", ".join(f"{name} = NULL" for name in names), some=" OR ".join(f"{name} IS NOT NULL" for name in names)
    )
    return run_text(text, **night.parameters(partition))


def quarter_of(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
