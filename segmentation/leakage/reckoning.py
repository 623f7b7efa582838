"""What is due by right of each charge that nights have taken: the night's own statements, over what is known now.

Caps are per month, so that whole months are reckoned: charges in the order in which nights took them. A line with a
condition is asked of the figures of the month's end, or of the published date in the open month; where a night has found that
the condition held, it did.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crm.base.sql import run_text, text_of
from crm.jobs.models import Partition
from segmentation.models import Facts, FactsMonth, Published, WaiverCheck, WaiverPolicy
from segmentation.models.facts import Figures
from segmentation.night import waivers
from segmentation.night.context import SQL as NIGHT
from segmentation.night.context import Night
from segmentation.night.facts import ONE_CORE
from segmentation.small_balance.exempting import exempt

SQL = Path(__file__).parent / "sql"
TAKEN = "ch.assessed_on IS NOT NULL AND ch.charged_on BETWEEN %(first)s AND %(last)s"
FOUND_BEFORE = "(k.entered_line = l.id OR ({said}))"
FACTS = """CREATE TEMP TABLE right_facts ON COMMIT DROP AS SELECT %(slot)s AS slot, customer_id, {columns} FROM {table}
WHERE {which} AND customer_id >= %(low)s AND customer_id < %(high)s"""


@dataclass(frozen=True)
class Reckoning:
    """`night` is the published one, knowing every policy version there is."""

    check: WaiverCheck
    night: Night

    @classmethod
    def of(cls, check: WaiverCheck) -> "Reckoning":
        published = Published.objects.select_related("run").get()
        newest = WaiverPolicy.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return cls(check, replace(Night.of(published.run), newest_policy=newest))

    @property
    def months(self) -> list[tuple[date, date]]:
        """The first and the last day of each month of the check."""
        found, first = [], self.check.since
        while first <= self.check.through:
            following = (first + timedelta(days=31)).replace(day=1)
            found.append((first, min(following - timedelta(days=1), self.check.through)))
            first = following
        return found

    def parameters(self, partition: Partition, first: date, last: date) -> dict[str, Any]:
        said = {"check": self.check.pk, "assumes": self.check.assumes, "tiers_on": self.check.tiers_on}
        return self.night.parameters(partition) | said | {"first": first, "last": last}


def reckon(reckoning: Reckoning, partition: Partition) -> int:
    """Month by month; how many charges leak."""
    run_text(ONE_CORE)
    return sum(_month(reckoning, reckoning.parameters(partition, *month)) for month in reckoning.months)


def _month(reckoning: Reckoning, parameters: dict[str, Any]) -> int:
    check = reckoning.check
    run_text("DROP TABLE IF EXISTS right_charge, right_facts")
    charges = waivers.charges(TAKEN, on="%(tiers_on)s::date" if check.tiers_on else "ch.charged_on")
    decided = text_of(SQL / "decided.sql")
    charged = text_of(SQL / "charged.sql").format(charges=charges, decided=decided.format(charge="k.id"))
    if not run_text(charged, **parameters):
        return 0
    policy = str(check.policy_id) if check.policy_id else waivers.POLICY
    exempt("right_charge", reckoning.night.small_balances, parameters, policy=policy)
    _copy_facts(reckoning.night, parameters)
    said = waivers.conditions_of(((line.pk, line.rule) for line in reckoning.night.lines), parameters)
    waived = waivers.waived_of(
        "right_charge",
        line=waivers.line_of(policy),
        conditions=FOUND_BEFORE.format(said=said),
        spent=f"{text_of(NIGHT / 'spent.sql')} AND ({decided.format(charge='e.charge_id')})",
        facts="right_facts",
        order="assessed_on, ",
    )
    return run_text(text_of(SQL / "leaked.sql").format(waived=waived), **parameters)


def _copy_facts(night: Night, parameters: dict[str, Any]) -> None:
    columns = ", ".join(str(field.column) for field in Figures._meta.get_fields())
    table, which = FactsMonth._meta.db_table, "business_date = %(last)s"
    if not night.lines:
        which = "false"
    elif parameters["last"] == night.day:
        table, which = Facts._meta.db_table, "slot = %(slot)s"
    run_text(FACTS.format(columns=columns, table=table, which=which), **parameters)
