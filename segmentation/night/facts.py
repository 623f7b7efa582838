"""The facts of a partition: what its customers hold, moved and averaged, as of the business date."""

from datetime import date

from crm.base.sql import rows_of, run_sql, run_text, scalar
from crm.jobs.models import Partition
from segmentation.night.context import SQL, Night


def compute(night: Night, partition: Partition) -> int:
    """Reads the month's roll-ups, or the raw rows where the roll-up already knows later days; the accounts read."""
    parameters = night.parameters(partition)
    # a worker is one core: its statements must not ask for the cores of the others
    run_text("SET LOCAL max_parallel_workers_per_gather = 0")
    run_text("DROP TABLE IF EXISTS night_held, night_rate, night_figures, night_charge")
    held = run_sql(SQL / "held.sql", **parameters)
    special = rows_of(SQL / "special.sql")[0]
    if special["uneven_balances"]:
        run_sql(SQL / "uneven_balances.sql", **parameters)
    if special["past_movements"]:
        run_sql(SQL / "past_movements.sql", **parameters)
    if special["foreign_money"]:
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
        written += run_sql(SQL / "facts_month.sql", **parameters)
    return written


def make_room(day: date) -> None:
    """The month's partition of the month-end copies, made once before the workers begin."""
    scalar("SELECT segmentation_ensure_month(%(day)s)", day=day)
