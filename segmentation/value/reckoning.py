"""The value of the month that a night closes, and of the year through it; one statement for each per partition."""

from datetime import date
from pathlib import Path
from typing import Any

from crm.base.sql import run_sql, run_text, scalar, text_of
from crm.jobs.models import Partition
from segmentation.night.context import SQL as NIGHT
from segmentation.night.context import Night
from segmentation.night.waivers import charges
from segmentation.value.assumptions import assumptions_of
from segmentation.value.versions import parameters, version_of

SQL = Path(__file__).parent / "sql"
PARTS = ("lain", "charged", "commissioned", "acted")
ASKED = "SELECT customer_id, customer_id AS member_id, wanted FROM value_asked"
CHARGED = "ch.charged_on BETWEEN %(since)s AND %(day)s"
# of some customers only: their accounts' charges
OF_SOME = (
    " AND ch.account_id IN (SELECT h.account_id FROM value_asked a"
    " JOIN customers_accountholder h ON h.customer_id = a.customer_id)"
)


def reckon(night: Night, partition: Partition) -> int:
    """The closing month, where assumptions are in effect for it; the number of customers."""
    said = said_of(night.closing) if night.closing else None
    if said is None:
        return 0
    said |= {"run": night.run.pk, "low": partition.low, "high": partition.high}
    prepare(said)
    run_sql(SQL / "month_cleared.sql", **said)
    written = run_text(text_of(SQL / "month_written.sql").format(valued=valued()), **said)
    run_sql(SQL / "rates_missing.sql", **said)
    write_year(said)
    return written


def said_of(month: date) -> dict[str, Any] | None:
    """The parameters of a month's statements; None where no assumptions are in effect for it."""
    version = version_of(month)
    return parameters(month, assumptions_of(version.content)) if version else None


def prepare(said: dict[str, Any], *, whose: str = "") -> None:
    """The accounts, charges and exchange rates that `valued` reads; `whose` narrows the customers `c`."""
    run_text("DROP TABLE IF EXISTS value_asked, value_quote, value_charge, night_span")
    run_text(text_of(SQL / "asked.sql").format(whose=whose), **said)
    run_text("ANALYZE value_asked")
    run_text(text_of(NIGHT / "span.sql").format(asked=ASKED), **said)
    run_sql(NIGHT / "span_uneven.sql", **said)
    run_sql(NIGHT / "span_foreign.sql", **said)
    run_sql(SQL / "quoted.sql", **said)
    which = CHARGED + OF_SOME if whose else CHARGED
    run_text(f"CREATE TEMP TABLE value_charge ON COMMIT DROP AS {charges(which)}", **said)


def valued() -> str:
    """The query for what each customer brought in; reads what `prepare` made."""
    return text_of(SQL / "valued.sql").format(**{name: text_of(SQL / f"{name}.sql") for name in PARTS})


def write_year(said: dict[str, Any], *, whose: str = "") -> int:
    """Anew; `whose` narrows the rows `v`."""
    run_text(text_of(SQL / "year_cleared.sql").format(whose=whose), **said)
    return run_text(text_of(SQL / "year_written.sql").format(whose=whose), **said)


def make_room(month: str | None) -> None:
    """The partitions of a month that will be closed, made once before the workers begin."""
    if month:
        scalar("SELECT segmentation_ensure_value_month(%(month)s)", month=month)
