"""The facts of a partition: what its customers hold, moved and averaged, as of the business date."""

from datetime import date
from typing import Any

from crm.base.sql import rows_of, run_sql, run_text, scalar, text_of
from crm.jobs.models import Partition
from segmentation.night.context import SQL, Night

# a worker is one core: its statements must not ask for the cores of the others, nor compile what runs a third of a second
ONE_CORE = "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"
# accounts are read in the order of their customers, so that each one's sum ends before the next begins
IN_ORDER = "SET LOCAL enable_hashjoin = {0}; SET LOCAL enable_hashagg = {0}"
TABLE = "CREATE TEMP TABLE {} ON COMMIT DROP AS"
# named one by one: they are few among those who are carried, and are found by their keys
OTHERS = """
CREATE TEMP TABLE night_other ON COMMIT DROP AS
SELECT id FROM customers_customer c WHERE id >= %(low)s AND id < %(high)s
    AND NOT EXISTS (SELECT FROM night_figures n WHERE n.customer_id = c.id)
"""
IS_OTHER = " AND {}.id IN (SELECT id FROM night_other)"
SPECIAL = "IN (SELECT customer_id FROM night_figures WHERE is_special)"


def compute(night: Night, partition: Partition) -> int:
    """Sums the month's roll-ups customer by customer, and account by account for who needs more than these (docs/adr).

    Between the first and the last day of a month only for those of whom anything changed: all others are carried forward.
    """
    parameters = night.parameters(partition)
    run_text(ONE_CORE)
    run_text("DROP TABLE IF EXISTS night_held, night_rate, night_figures, night_other, night_charge")
    if night.is_past:
        _hold(parameters)
        return _sum(TABLE.format("night_figures"), parameters, held="SELECT * FROM night_held")
    carried = run_sql(SQL / "carried.sql", **parameters) if night.carries else 0
    opening, whose = TABLE.format("night_figures"), ""
    if night.carries:
        run_text(OTHERS, **parameters)
        opening, whose = "INSERT INTO night_figures", IS_OTHER
    run_text(IN_ORDER.format("off"))
    held = text_of(SQL / "held.sql") + whose.format("c")
    summed = carried + _sum(opening, parameters, held=held, whose=whose.format("customers_customer"))
    run_text(IN_ORDER.format("on"))
    if scalar("SELECT EXISTS (SELECT FROM night_figures WHERE is_special)"):
        _hold(parameters, whose=f" AND h.customer_id {SPECIAL}")
        run_text("DELETE FROM night_figures WHERE is_special")
        apart = " AND id IN (SELECT customer_id FROM night_held)"
        _sum("INSERT INTO night_figures", parameters, held="SELECT * FROM night_held", whose=apart)
    return summed


def _sum(opening: str, parameters: dict[str, Any], *, held: str, whose: str = "") -> int:
    """`held` is the query for the accounts, or the table that it filled; `whose` narrows the customers."""
    return run_text(f"{opening} {text_of(SQL / 'figures.sql').format(held=held, whose=whose)}", **parameters)


def _hold(parameters: dict[str, Any], whose: str = "") -> None:
    """The accounts; uneven months, days that the roll-ups are past, other currencies are read from the rows of the days."""
    run_text(f"{TABLE.format('night_held')} {text_of(SQL / 'held.sql')}{whose}", **parameters)
    special = rows_of(SQL / "special.sql")[0]
    if special["uneven_balances"]:
        run_sql(SQL / "uneven_balances.sql", **parameters)
    if special["past_movements"]:
        run_sql(SQL / "past_movements.sql", **parameters)
    if special["foreign_money"]:
        run_text(text_of(SQL / "rates.sql").format(rates="night_rate", held="night_held"), **parameters)
        run_sql(SQL / "foreign.sql", **parameters)
        run_sql(SQL / "rate_missing.sql", **parameters)


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
