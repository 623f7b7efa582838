"""What a closed month tells of its customers: a few statements per partition, from rows that stand (docs/adr).

A year is summed from what eleven nights before have kept. Where they kept nothing, as at the first closing of a bank,
those of the eleven months in which anything moved are read and kept then.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from crm.base.days import midnight
from crm.base.sql import rows_of, run_sql, run_text, scalar, text_of
from crm.jobs.models import Partition
from customers.models import Interaction, Transaction
from segmentation.models import Quintiles
from segmentation.night.context import SQL as NIGHT
from segmentation.night.context import Night

SQL = Path(__file__).parent / "sql"
YEAR, QUARTER = 12, 3
DIGITAL = tuple(map(str, (
    Interaction.Channel.MESSENGER, Interaction.Channel.SMS, Interaction.Channel.EMAIL, Interaction.Channel.VIDEO,
    Interaction.Channel.APP,
)))  # fmt: skip
TABLES = ("held", "rate", "moved", "year", "slope", "contact", "line", "stage")
CLEARED = """
DELETE FROM segmentation_behaviourmonth
WHERE month >= %(since)s AND month <= %(first)s AND customer_id >= %(low)s AND customer_id < %(high)s
"""
# of least squares over evenly spaced months: how far each lies from their middle; divided by 2 and by 35
THIRDS, SIXTHS = (-1, 0, 1), (-5, -3, -1, 1, 3, 5)


def make_room(closing: str) -> None:
    """The partitions of the month and of the eleven before it."""
    scalar("SELECT segmentation_ensure_behaviour(%(month)s)", month=closing)


def reckon(night: Night, partition: Partition) -> int:
    """Writes the rows of the month that the night closes; the number of customers."""
    assert night.closing is not None
    parameters = night.parameters(partition) | _of(night.closing)
    run_text(f"DROP TABLE IF EXISTS {', '.join(f'behaviour_{name}' for name in TABLES)}")
    run_sql(SQL / "held.sql", **parameters)
    run_text("ANALYZE behaviour_held")
    earlier = _unkept(night.closing)
    since = min([night.closing, *earlier])
    run_text(CLEARED, **parameters | {"since": since})
    _rates(parameters, since)
    for month in _moved(earlier):
        run_text(text_of(SQL / "kept.sql").format(moved=text_of(SQL / "moved.sql")), **parameters | _of(month))
    run_text(f"CREATE TEMP TABLE behaviour_moved ON COMMIT DROP AS {text_of(SQL / 'moved.sql')}", **parameters)
    for name in ("year", "slopes", "contacts", "lines", "stages"):
        run_sql(SQL / f"{name}.sql", **parameters)
    return run_sql(SQL / "told.sql", **parameters)


def find_quintiles(night: Night) -> int:
    """Where the fifths of all customers begin; in the transaction that publishes the night."""
    parameters = night.parameters()
    Quintiles.objects.filter(month=parameters["closing"]).delete()
    return run_sql(SQL / "quintiles.sql", **parameters)


def _unkept(closing: date) -> list[date]:
    """The eleven months before, where no night closed the one before with these figures."""
    if Quintiles.objects.filter(month=_back(closing, 1)).exists():
        return []
    return [_back(closing, months) for months in range(YEAR - 1, 0, -1)]


def _moved(months: list[date]) -> list[date]:
    """Those in which the accounts of the partition moved at all: a bank may bring less than a year."""
    return [row["month"] for row in rows_of(SQL / "months_moved.sql", months=months)] if months else []


def _rates(parameters: dict[str, Any], since: date) -> None:
    """What a foreign currency was worth on each day from the first of a month to the end of the closed one."""
    text = text_of(NIGHT / "rates.sql").format(rates="behaviour_rate", held="behaviour_held")
    run_text(text, **parameters | {"month": since, "day": parameters["last"]})


def _of(month: date) -> dict[str, Any]:
    """The parameters that follow from the month."""
    last = _back(month, -1) - timedelta(days=1)
    year = _back(month, YEAR - 1)
    ends = [_back(month, months - 1) - timedelta(days=1) for months in range(len(SIXTHS) - 1, -1, -1)]
    return {
        "first": month,
        "last": last,
        "year": year,
        "quarter": _back(month, QUARTER - 1),
        "opens": midnight(year),
        "shuts": midnight(last + timedelta(days=1)),
        "ends": ends,
        "thirds": [None] * (len(SIXTHS) - len(THIRDS)) + list(THIRDS),
        "sixths": list(SIXTHS),
        "by_bank": list(Transaction.BY_BANK),
        "digital": list(DIGITAL),
        "home": settings.CRM_HOME_COUNTRY,
    }


def _back(month: date, months: int) -> date:
    """The first day of the month so many months before."""
    year, number = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(year, number + 1, 1)
