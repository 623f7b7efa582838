"""The facts of a partition: what its customers hold, moved and averaged, as of the business date."""

from crm.base.sql import run_sql, scalar
from crm.jobs.models import Partition
from segmentation.night.context import SQL, Night


def compute(night: Night, partition: Partition) -> int:
    """Reads the month's roll-ups, or the raw rows where the roll-up already knows later days; the accounts read."""
    parameters = night.parameters(partition)
    held = run_sql(SQL / "held.sql", **parameters)
    if scalar("SELECT EXISTS (SELECT FROM night_held WHERE own <> wanted)"):
        run_sql(SQL / "rates.sql", **parameters)
        run_sql(SQL / "foreign.sql", **parameters)
        run_sql(SQL / "rate_missing.sql", **parameters)
    run_sql(SQL / "figures.sql", **parameters)
    return held


def keep(night: Night, partition: Partition) -> int:
    """Writes what differs into the unread slot, and at a month end a copy of all."""
    parameters = night.parameters(partition)
    written = run_sql(SQL / "facts_changed.sql", **parameters) + run_sql(SQL / "facts_new.sql", **parameters)
    if night.is_month_end:
        scalar("SELECT segmentation_ensure_month(%(day)s)", day=night.day)
        written += run_sql(SQL / "facts_month.sql", **parameters)
    return written
