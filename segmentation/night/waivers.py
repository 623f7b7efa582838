"""Which share of which charge is waived, staged until the night is published."""

from collections.abc import Iterable
from typing import Any

from crm.base.sql import run_text, text_of
from crm.jobs.models import Partition
from customers.models import FeeCharge
from customers.portfolio import PAYS
from segmentation import rules
from segmentation.night.context import FACTS, SQL, Night
from segmentation.small_balance.exempting import exempt

POLICY = text_of(SQL / "policy.sql")
UNTAKEN = "ch.assessed_on IS NULL AND ch.charged_on <= %(day)s"


def waive(night: Night, partition: Partition) -> int:
    """Takes every charge through the day that no night has taken; the number of charges taken."""
    parameters = night.parameters(partition)
    if not FeeCharge.objects.filter(assessed_on=None, charged_on__lte=night.day).exists():
        return 0
    if not run_text(f"CREATE TEMP TABLE night_charge ON COMMIT DROP AS {charges(UNTAKEN)}", **parameters):
        return 0
    exempt("night_charge", night.small_balances, parameters, policy=POLICY)
    line = line_of(POLICY)
    conditions = conditions_of(((each.pk, each.rule) for each in night.lines), parameters)
    waived = waived_of("night_charge", line=line, conditions=conditions, spent=text_of(SQL / "spent.sql"))
    taken = run_text(text_of(SQL / "waivers_staged.sql").format(waived=waived), **parameters)
    run_text(text_of(SQL / "charges_left.sql").format(line=line), **parameters)
    return taken


def line_of(policy: str) -> str:
    """The query for the policy line of a charge `k`; `policy` is one for its policy version."""
    return text_of(SQL / "line.sql").format(policy=policy)


def charges(which: str, *, on: str = "ch.charged_on") -> str:
    """The query for charges `ch` of which the condition holds; `on` is the day whose tier counts."""
    return text_of(SQL / "charges.sql").format(which=which, on=on, pays=PAYS)


def waived_of(table: str, *, line: str, conditions: str, spent: str, facts: str = FACTS, order: str = "") -> str:
    """The query for what is waived of a table of charges.

    `line` is a query for the policy line of a charge `k`, `spent` one for what a month's cap has been used up before;
    `order` comes before date and number among the charges that share a cap.
    """
    return text_of(SQL / "waived.sql").format(
        charges=table, line=line, conditions=conditions, spent=spent, facts=facts, order=order
    )


def conditions_of(lines: Iterable[tuple[int, Any]], parameters: dict[str, Any]) -> str:
    """Whether the condition of line `l` holds: of those that have one, by their ids."""
    texts = [
        f"(l.id <> {pk} OR ({rules.sql(rules.validate(rule, purpose='waiver'), parameters=parameters)}))"
        for pk, rule in lines
    ]
    return " AND ".join(texts) or "true"
