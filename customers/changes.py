"""Whose holdings changed since a night looked: noted by triggers, taken by the night that is planned (docs/adr).

A taking sums up what was noted before it under a number; later ones have higher numbers. What is noted afterwards stays
untaken, and concerns both the night that is under way and the next.
"""

from datetime import date
from pathlib import Path

from crm.base.sql import run_sql, scalar

SQL = Path(__file__).parent / "sql"
TAKEN = SQL / "changes_taken.sql"
NUMBER = "SELECT nextval(pg_get_serial_sequence('customers_holdingchange', 'id'))"


def take(*, since: date, day: date) -> int:
    """Sum up what was noted, and the accounts that open or close after `since` through `day`; the number of the taking.

    Where more than a third of all customers or accounts are concerned it is everything: to read all is then as cheap.
    """
    scalar("SELECT pg_advisory_xact_lock(hashtext('changes of holdings'))")
    number = scalar(NUMBER)
    run_sql(TAKEN, number=number, since=since, day=day)
    return number


def take_past(*, number: int, through: date | str | None) -> None:
    """Put under the number of a taking what may change the months through the newest closed one; None before there is one."""
    run_sql(SQL / "past_taken.sql", number=number, through=through)


def forget(*, through: int) -> None:
    """Drop what takings through this number hold: a night that read all of it is published."""
    run_sql(SQL / "changes_forgotten.sql", through=through)
