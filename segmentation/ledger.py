"""Whether the waiver ledger adds up: entry by entry, charge by charge, and per currency."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from crm.base.sql import rows_of

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Total:
    """Of the charges that a night has taken: gross = net + waived."""

    currency: str
    gross: Decimal
    waived: Decimal
    net: Decimal
    entries: int


def totals() -> list[Total]:
    return [Total(**row) for row in rows_of(SQL / "ledger_totals.sql")]


def first_wrong() -> str:
    """The first row that is wrong, in a sentence; empty where all is well."""
    for row in rows_of(SQL / "entry_out_of_order.sql"):
        if row["number"] != row["place"]:
            return _("Entry %(number)s stands in place %(place)s: the numbers have a gap.") % row
        return _("Entry %(number)s does not fit its charge %(charge)s.") % row
    for row in rows_of(SQL / "charge_out_of_balance.sql"):
        return _("Charge %(number)s: waived %(waived)s of %(amount)s, but its entries sum to %(entries)s.") % row
    for total in totals():
        if total.gross != total.net + total.waived:
            return _("%(currency)s: net %(net)s and waived %(waived)s are not gross %(gross)s.") % vars(total)
    return ""
